namespace ParticleImages.Formats;

/// <summary>Where the channels stand among four axes, as a layout states or the axes tell, and what to say where they don't fit.</summary>
internal static class ChannelAxis
{
    /// <summary>The number of channels that a layout needs where it chooses none of several.</summary>
    public static int Needed(EventLayout layout) => layout.ConstantTime is null ? 2 : 1;

    /// <summary>Where the channels stand: as stated, else first where only the second axis has their length, else last.</summary>
    public static ChannelOrder Of(IReadOnlyList<long> lengths, EventLayout layout) => layout.ChannelOrder
        ?? (layout.EnergyChannel is null && lengths[1] == Needed(layout) && lengths[3] != Needed(layout) ? ChannelOrder.First : ChannelOrder.Last);

    /// <summary>
    /// Whether the layout does not say where the channels stand, and both axes may be them. Of several channels one is chosen as if they
    /// stood last; three channels of 125 × 125 pixels look like 3 × 125 pixels of 125 channels then, which is worth asking.
    /// </summary>
    /// <param name="lengths">The axes.</param>
    /// <param name="layout">What was stated.</param>
    /// <param name="isUsual">Whether energy and time stand last if both may be them.</param>
    public static bool IsEither(IReadOnlyList<long> lengths, EventLayout layout, bool isUsual) => lengths.Count == 4 && layout.ChannelOrder is null
        && (layout.EnergyChannel is null
            ? !isUsual && lengths[1] == Needed(layout) && lengths[3] == Needed(layout)
            : lengths[1] < lengths[2] && lengths[1] < lengths[3]);

    /// <summary>The axes that a layout wants.</summary>
    public static string Wanted(EventLayout layout)
    {
        string sides = layout.IsColumnFirst ? "columns, rows" : "rows, columns";
        return layout switch
        {
            { EnergyChannel: int channel, ChannelOrder: ChannelOrder.First } => $"(events, {channel + 1} or more, {sides})",
            { EnergyChannel: int channel } => $"(events, {sides}, {channel + 1} or more)",
            { ConstantTime: not null } => $"(events, {sides})",
            { ChannelOrder: ChannelOrder.First } => $"(events, 2, {sides})",
            { ChannelOrder: ChannelOrder.Last } => $"(events, {sides}, 2)",
            _ => $"(events, {sides}, 2) or (events, 2, {sides})",
        };
    }

    /// <summary>What to say in the layout so that it fits.</summary>
    public static string NextStep(IReadOnlyList<long> lengths, EventLayout layout)
    {
        bool onlyEnergies = layout.ConstantTime is not null;
        bool isFirst = layout.ChannelOrder is ChannelOrder.First;
        return lengths switch
        {
            [_, _, _] when layout.EnergyChannel is not null => "They hold one channel: leave Channel out of the layout.",
            [_, _, _] => "They hold energies without times: say so and give the time with EventLayout.Default.TimeAll(0).",
            [_, _, _, 1] or [_, 1, _, _] when !onlyEnergies =>
                "They hold energies without times: say so and give the time with EventLayout.Default.TimeAll(0).",
            [_, _, _, 2] or [_, 2, _, _] when onlyEnergies && layout.EnergyChannel is null =>
                "They hold times beside the energies: leave TimeAll out of the layout.",
            [_, 2, _, _] when layout.ChannelOrder is ChannelOrder.Last =>
                "If the second axis is energy and time, leave ChannelLast() out of the layout.",
            [_, _, _, 2] when isFirst => "If the last axis is energy and time, leave ChannelFirst() out of the layout.",
            [_, var first, var rows, var columns] when first < rows && first < columns && (layout.EnergyChannel is null || !isFirst) =>
                $"If the second axis is {first} channels and one of them holds energies, say so with EventLayout.Default.ChannelFirst().Channel(number).TimeAll(0).",
            [_, var rows, var columns, var last] when last < rows && last < columns && (layout.EnergyChannel is null || isFirst) =>
                $"If the last axis is {last} channels and one of them holds energies, say so with EventLayout.Default.Channel(number).TimeAll(0).",
            _ => "Name the dataset that holds the images with EventLayout.Default.Images(name).",
        };
    }
}
