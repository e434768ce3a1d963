namespace ParticleImages;

/// <summary>
/// Layouts of public data sets by name. Each is an <see cref="EventLayout"/> like any other: a verb changes what a copy says.
/// </summary>
/// <remarks>
/// Those of images open with <c>EventFile.Open</c>, those of layers with <c>EventFile.ReadLayers</c>. Energies come in the file's units, which each
/// layout names; <see cref="EventLayout.ScaledBy"/> brings them to others. <c>docs/formats/public-data.md</c> says what was tried on real files and
/// what on files made in the same layout, and why other public data are not here. Immutable; safe to use from several threads.
/// <example><code>EventLayout layout = PublicLayouts.CaloGan(layer: 1, ParticleLabel.Photon).ScaledBy(energy: 1 / 50_000.0);</code></example>
/// </remarks>
public static class PublicLayouts
{
    /// <summary>ML4SCI's electrons and photons in the CMS electromagnetic calorimeter: HDF5, <c>X</c> (events, 32, 32, 2), <c>y</c>.</summary>
    /// <remarks>Units of 50 GeV and 50 ns. <see cref="EventLayout.Default"/> with everything said, so that nothing else is read.</remarks>
    public static EventLayout ElectronPhoton { get; } = EventLayout.Default.Images("/X").Labels("/y").ChannelLast();

    /// <summary>The CaloChallenge's data set 2: HDF5, <c>showers</c> (events, 6480), electrons in 45 layers of 16 angular × 9 radial cells.</summary>
    /// <remarks>
    /// MeV; a row of a layer is an angle, a column a radius, so neighbours in the first and last row are neighbours, too. All labels are 1, electron. Source:
    /// calochallenge.github.io/homepage, doi 10.5281/zenodo.6366270, arXiv 2410.21611.
    /// </remarks>
    public static EventLayout CaloChallenge2 { get; } = CaloChallenge(new ImageShape(16, 9));

    /// <summary>The CaloChallenge's data set 3: HDF5, <c>showers</c> (events, 40500), electrons in 45 layers of 50 angular × 18 radial cells.</summary>
    /// <remarks>As <see cref="CaloChallenge2"/>, doi 10.5281/zenodo.6366323.</remarks>
    public static EventLayout CaloChallenge3 { get; } = CaloChallenge(new ImageShape(50, 18));

    /// <summary>
    /// One layer of the CaloGAN showers: HDF5, <c>layer_0</c> (events, 3, 96), <c>layer_1</c> (events, 12, 12) or <c>layer_2</c> (events, 12, 6): rows φ, columns η.
    /// </summary>
    /// <remarks>
    /// The axes stay as they stand in the file. <c>ColumnFirst().Size(new ImageShape(96, 3))</c> turns layer 0 to rows in η, as the electron and photon images have them; the others accordingly.
    /// MeV, although <c>energy</c>, the particle's, is in GeV. All times are 0. The three layers have cells of different sizes and are not one detector of equal layers. Source:
    /// doi 10.17632/pvn3xc3wy5.1, arXiv 1705.02355.
    /// </remarks>
    /// <param name="layer">0, 1 or 2, from the front.</param>
    /// <param name="label">The label of the whole file: <c>gamma.hdf5</c> holds photons, 0, <c>eplus.hdf5</c> positrons, for which 1 is a fair label.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer, or the label is neither 0 nor 1.</exception>
    public static EventLayout CaloGan(int layer, int label)
    {
        ImageShape size = layer switch
        {
            0 => new(3, 96),
            1 => new(12, 12),
            2 => new(12, 6),
            _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "The CaloGAN calorimeter has layers 0, 1 and 2."),
        };
        return EventLayout.Default.Images(FormattableString.Invariant($"/layer_{layer}")).Size(size).TimeAll(0).LabelAll(label);
    }

    /// <summary>The electromagnetic calorimeter of the CLIC detector: HDF5, <c>ECAL</c> (events, 25, 25, 25) or (events, 51, 51, 25), the last axis depth.</summary>
    /// <remarks>
    /// In the files' units; rows are x, columns y. The files keep no labels, a particle each. The hadronic calorimeter, <c>HCAL</c>, has other cells: where a file has it,
    /// read it by itself with <c>Images("/HCAL").Layers(60, LayerOrder.Last)</c>. Sources, two papers with data of this detector: Eur. Phys. J. C 80, 688 (arXiv 1912.06794)
    /// and Eur. Phys. J. C 82, 386 (doi 10.1140/epjc/s10052-022-10258-4).
    /// </remarks>
    /// <param name="label">The label of the whole file, 0 (photon) or 1 (electron).</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label is neither 0 nor 1.</exception>
    public static EventLayout ClicEcal(int label) => EventLayout.Default.Images("/ECAL").Layers(25, LayerOrder.Last).LabelAll(label);

    /// <summary>ML4SCI's quark and gluon jets in Parquet: <c>X_jets</c>, lists (3, 125, 125) of tracks, then the electromagnetic, then the hadronic calorimeter, and <c>y</c>.</summary>
    /// <remarks>
    /// In the files' units. <c>y</c> is read as it is stored, though labels are called photon and electron here: 0 is a quark's jet, 1 a gluon's, as its users say.
    /// All times are 0. Source: arXiv 1902.08276.
    /// </remarks>
    /// <param name="channel">0 tracks, 1 the electromagnetic, 2 the hadronic calorimeter.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The channel is none of these.</exception>
    public static EventLayout QuarkGluonParquet(int channel) => QuarkGluon(channel, "X_jets", "y").ChannelFirst();

    /// <summary>ML4SCI's quark and gluon jets in HDF5: <c>X_jets</c> (events, 125, 125, 3) and <c>y</c>.</summary>
    /// <remarks>As <see cref="QuarkGluonParquet"/>; of the order of the channels its users say different things, so look at the values.</remarks>
    /// <param name="channel">0, 1 or 2: tracks and the two calorimeters.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The channel is none of these.</exception>
    public static EventLayout QuarkGluonHdf5(int channel) => QuarkGluon(channel, "/X_jets", "/y").ChannelLast();

    private static EventLayout CaloChallenge(ImageShape layer) =>
        EventLayout.Default.Images("/showers").Layers(45).Size(layer).LabelAll(ParticleLabel.Electron);

    private static EventLayout QuarkGluon(int channel, string images, string labels)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channel, 2);
        return EventLayout.Default.Images(images).Labels(labels).Channel(channel).TimeAll(0);
    }
}
