namespace ParticleImages.Tests.Sources;

public sealed class EventLayoutTests
{
    [Fact]
    public void Verbs_set_a_slot_of_a_copy_and_leave_the_original_alone()
    {
        EventLayout layout = EventLayout.Default.Images("x").Labels("y").TimeAll(0.5f).ChannelFirst();
        Assert.Equal(("x", "y", 0.5f, true), (layout.ImagesName, layout.LabelsName, layout.ConstantTime, layout.IsChannelFirst));
        Assert.Null(EventLayout.Default.ImagesName);
        Assert.Null(EventLayout.Default.LabelsName);
        Assert.Null(EventLayout.Default.ConstantLabel);
        Assert.Null(EventLayout.Default.ConstantTime);
        Assert.False(EventLayout.Default.IsChannelFirst);
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
        Assert.Equal("images as usual, labels as usual, channels last, energies in channel 2, size 5 × 4, all times 0.5", layout.ToString());
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
        Assert.Throws<ArgumentException>(() => EventLayout.Default.Size(default));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventLayout.Default.TimeAll(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventLayout.Default.TimeAll(float.PositiveInfinity));
    }
}
