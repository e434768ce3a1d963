using ParticleImages.Search;

namespace CustomSearch;

/// <summary>
/// A parameter of one's own: all orders of up to ten crystals, in lexicographic order along the axis. Three members say what the values are; the fourth says
/// what a trial reads.
/// </summary>
internal sealed class PermutationParameter(string name, int crystals) : IParameter<ReadoutOrder>
{
    private readonly long count = Enumerable.Range(1, crystals).Aggregate(1L, (product, factor) => product * factor);

    public string Name => name;

    public long? Count => count;

    // Neighbours in the list differ in their last places only, but over longer distances the list means little.
    public bool IsOrdered => false;

    public ParameterValue At(double position)
    {
        if (position is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(position), position, "A place along an axis is from 0 to 1.");
        }

        long rank = Math.Min((long)(position * count), count - 1);
        List<char> left = [.. Numbers()];
        var order = new char[crystals];
        long below = count;
        for (int place = 0; place < crystals; place++)
        {
            below /= crystals - place;
            int next = (int)(rank / below);
            rank %= below;
            order[place] = left[next];
            left.RemoveAt(next);
        }

        return ParameterValue.Of(new string(order));
    }

    public double PositionOf(ParameterValue value)
    {
        string order = value.Kind == ParameterValueKind.Text ? value.AsText() : "";
        if (!order.Order().SequenceEqual(Numbers()))
        {
            throw new ArgumentException($"Parameter '{name}' has no value {value}. It has every order of {Numbers()}.", nameof(value));
        }

        List<char> left = [.. Numbers()];
        long rank = 0;
        foreach (char crystal in order)
        {
            int next = left.IndexOf(crystal);
            rank = (rank * left.Count) + next;
            left.RemoveAt(next);
        }

        return (rank + 0.5) / count;
    }

    public ReadoutOrder Read(ParameterValue value) => new(value.AsText());

    private string Numbers() => "0123456789"[..crystals];
}
