namespace ParticleImages.Tests.Sources;

public sealed class EventLayoutTests
{
    [Fact]
    public void Verbs_set_a_slot_of_a_copy_and_leave_the_original_alone()
    {
        EventLayout layout = EventLayout.Default.Images("x").Labels("y").TimeAll(0.5f).ChannelFirst();
        Assert.Equal(("x", "y", 0.5f, ChannelOrder.First), (layout.ImagesName, layout.LabelsName, layout.ConstantTime, layout.ChannelOrder));
        Assert.Null(EventLayout.Default.ImagesName);
        Assert.Null(EventLayout.Default.LabelsName);
        Assert.Null(EventLayout.Default.ConstantLabel);
        Assert.Null(EventLayout.Default.ConstantTime);
        Assert.Null(EventLayout.Default.ChannelOrder);
        Assert.Equal(ChannelOrder.Last, layout.ChannelLast().ChannelOrder);
        Assert.Equal("z", layout.Images("z").ImagesName);
        Assert.Equal("x", layout.ImagesName);
    }

    [Fact]
    public void A_channel_and_a_size_are_slots_like_the_others_and_shown()
    {
        EventLayout layout = EventLayout.Default.Channel(2).TimeAll(0.5f).Size(new ImageShape(5, 4));
        Assert.Equal((2, new ImageShape(5, 4)), (layout.EnergyChannel, layout.ImageSize));
        Assert.Null(EventLayout.Default.EnergyChannel);
        Assert.Null(EventLayout.Default.ImageSize);
        Assert.Equal(0, layout.Channel(0).EnergyChannel);
        Assert.Equal("images as usual, labels as usual, energies in channel 2, size 5 × 4, all times 0.5", layout.ToString());
    }

    [Fact]
    public void Units_turned_axes_and_layers_are_slots_like_the_others_and_shown()
    {
        EventLayout usual = EventLayout.Default;
        Assert.Equal((1.0, 1.0, false, null), (usual.EnergyFactor, usual.TimeFactor, usual.IsColumnFirst, usual.LayerCount));
        EventLayout layout = usual.ScaledBy(energy: 0.5, time: 2).ColumnFirst().ChannelFirst().LabelAll(0);
        Assert.Equal((0.5, 2.0, true), (layout.EnergyFactor, layout.TimeFactor, layout.IsColumnFirst));
        Assert.Equal("images as usual, labels all 0, channels first, columns before rows, energies × 0.5, times × 2", layout.ToString());
        Assert.Equal((3.0, 1.0), (layout.ScaledBy(energy: 3).EnergyFactor, layout.ScaledBy(energy: 3).TimeFactor));
        EventLayout layers = usual.Layers(25, LayerOrder.Last).Size(new ImageShape(5, 4));
        Assert.Equal((25, LayerOrder.Last), (layers.LayerCount, layers.LayerOrder));
        Assert.Equal("images as usual, labels as usual, 25 layers last, size 5 × 4", layers.ToString());
    }

    [Fact]
    public void A_layout_comes_back_from_its_json_with_every_slot()
    {
        EventLayout usual = EventLayout.Default;
        EventLayout[] layouts =
        [
            usual, usual.Images("/é \"x\""), usual.Labels("y.npy"), usual.LabelAll(0), usual.TimeAll(-0.1f), usual.Channel(2), usual.Size(new ImageShape(5, 4)), usual.ChannelFirst(), usual.ChannelLast(),
            usual.ColumnFirst(), usual.ScaledBy(energy: 2e-5), usual.ScaledBy(time: 1.0 / 3), usual.Layers(25), usual.Layers(25, LayerOrder.Last),
            usual.Images("x").LabelAll(1).TimeAll(0).Channel(0).Size(new ImageShape(1, 2)).ChannelLast().ColumnFirst().ScaledBy(2, 3), PublicLayouts.CaloChallenge3, PublicLayouts.QuarkGluonHdf5(1),
        ];

        Assert.All(layouts, layout => Assert.Equal(layout, EventLayout.FromJson(layout.ToJson())));
        Assert.Equal("{}", usual.ToJson());

        // A slot that is forgotten here would be lost without a word.
        Assert.Equal(12, typeof(EventLayout).GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance).Length);
    }

    [Theory]
    [InlineData("", "EventLayout.ToJson")]
    [InlineData("[]", "EventLayout.ToJson")]
    [InlineData("{\"energyFaktor\": 2}", "energyFaktor")]
    [InlineData("{\"energyFactor\": 0}", "above 0")]
    [InlineData("{\"energyFactor\": \"2\"}", "EventLayout.ToJson")]
    [InlineData("{\"timeFactor\": 2, \"timeFactor\": 3}", "timeFactor")]
    [InlineData("{\"size\": [1]}", "rows and columns")]
    [InlineData("{\"channels\": \"middle\"}", "middle")]
    [InlineData("{\"images\": null}", "EventLayout.ToJson")]
    public void Json_that_is_no_layout_is_refused(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => EventLayout.FromJson(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_factor_that_loses_or_turns_values_is_refused(double factor)
    {
        Assert.Equal("energy", Assert.Throws<ArgumentOutOfRangeException>(() => EventLayout.Default.ScaledBy(energy: factor)).ParamName);
        Assert.Equal("time", Assert.Throws<ArgumentOutOfRangeException>(() => EventLayout.Default.ScaledBy(time: factor)).ParamName);
    }

    [Fact]
    public void Public_layouts_say_what_their_files_are()
    {
        Assert.Equal((45, 45 * 16 * 9), (PublicLayouts.CaloChallenge2.LayerCount, 45 * PublicLayouts.CaloChallenge2.ImageSize!.Value.Pixels));
        Assert.Equal(40_500, 45 * PublicLayouts.CaloChallenge3.ImageSize!.Value.Pixels);
        Assert.Equal([288, 144, 72], new[] { 0, 1, 2 }.Select(layer => PublicLayouts.CaloGan(layer, 0).ImageSize!.Value.Pixels));
        Assert.Throws<ArgumentOutOfRangeException>("layer", () => PublicLayouts.CaloGan(3, 0));
        Assert.Throws<ArgumentOutOfRangeException>("label", () => PublicLayouts.CaloGan(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>("channel", () => PublicLayouts.QuarkGluonParquet(3));
        Assert.Equal((25, LayerOrder.Last), (PublicLayouts.ClicEcal(1).LayerCount, PublicLayouts.ClicEcal(1).LayerOrder));
    }

    [Fact]
    public void Labels_come_from_a_name_or_are_all_the_same_whichever_was_said_last()
    {
        EventLayout constant = EventLayout.Default.Labels("y").LabelAll(1);
        Assert.Equal((null, 1), (constant.LabelsName, constant.ConstantLabel));
        EventLayout named = EventLayout.Default.LabelAll(1).Labels("y");
        Assert.Equal(("y", null), (named.LabelsName, named.ConstantLabel));
    }

    [Fact]
    public void Layouts_that_say_the_same_are_equal() =>
        Assert.Equal(EventLayout.Default.Images("x").ChannelFirst(), EventLayout.Default.ChannelFirst().Images("x"));

    [Fact]
    public void What_makes_no_sense_is_refused_where_it_is_said()
    {
        Assert.Throws<ArgumentException>(() => EventLayout.Default.Images(" "));
        Assert.Throws<ArgumentException>(() => EventLayout.Default.Labels(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventLayout.Default.LabelAll(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventLayout.Default.LabelAll(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventLayout.Default.Channel(-1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => EventLayout.Default.Layers(0));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => EventLayout.Default.Layers(65_537));
        Assert.Throws<ArgumentOutOfRangeException>("order", () => EventLayout.Default.Layers(2, (LayerOrder)2));
        Assert.Throws<ArgumentException>(() => EventLayout.Default.Size(default));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventLayout.Default.TimeAll(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventLayout.Default.TimeAll(float.PositiveInfinity));
    }
}
