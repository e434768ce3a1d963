namespace CustomSearch;

/// <summary>The order in which the crystals of a row are read out, a crystal's number in each place.</summary>
internal readonly record struct ReadoutOrder(string Text)
{
    public ReadOnlySpan<char> Crystals => Text;

    /// <summary>Signals leak into the crystal that is read next: neighbours that follow each other disturb most.</summary>
    public double Crosstalk()
    {
        double sum = 0;
        for (int place = 1; place < Text.Length; place++)
        {
            sum += 1.0 / Math.Abs(Text[place] - Text[place - 1]);
        }

        return sum / (Text.Length - 1);
    }
}
