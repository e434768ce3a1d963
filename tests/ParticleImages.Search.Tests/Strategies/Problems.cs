namespace ParticleImages.Search.Tests;

/// <summary>Functions on which optimisers are compared.</summary>
internal static class Problems
{
    private static readonly Parameter<double> X = Parameter.Real("x", -5, 10);
    private static readonly Parameter<double> Y = Parameter.Real("y", 0, 15);
    private static readonly Parameter<double>[] Six = [.. Enumerable.Range(1, 6).Select(i => Parameter.Real($"x{i}", 0, 1))];

    private static readonly Parameter<string> Activation = Parameter.OneOf("activation", "relu", "elu", "gelu", "tanh");
    private static readonly Parameter<int> Filters = Parameter.OneOf("filters", 16, 32, 48, 64, 96, 128);
    private static readonly Parameter<int> Layers = Parameter.Integer("layers", 1, 5);
    private static readonly Parameter<string> Optimizer = Parameter.OneOf("optimizer", "adam", "sgd", "rmsprop");
    private static readonly Parameter<double> Momentum = Parameter.Range("momentum", 0, 0.99, count: 12);
    private static readonly Parameter<double> Rate = Parameter.Range("rate", 1e-5, 1e-1, count: 17, logarithmic: true);
    private static readonly Parameter<double> Dropout = Parameter.Steps("dropout", 0, 0.6, step: 0.05);
    private static readonly Parameter<double> Step = Parameter.OneOf("t_step", 0.0049, 0.0099, 0.0249);

    private static readonly double[] Heights = [1, 1.2, 3, 3.2];
    private static readonly double[][] Widths = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];
    private static readonly double[][] Centres =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    /// <summary>Two numbers, three equal minima of 0.397887 (Branin, IBM J. Res. Dev. 16, 1972).</summary>
    public static (ISearchSpace Space, Func<Configuration, double> Objective) Branin { get; } = (SearchSpace.Of(X, Y), configuration =>
    {
        (double x, double y) = (configuration.Get(X), configuration.Get(Y));
        double valley = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
        return (valley * valley) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
    });

    /// <summary>Six numbers, six minima, the least −3.32237 (Hartmann's function in Dixon and Szegő, Towards Global Optimisation 2, 1978).</summary>
    public static (ISearchSpace Space, Func<Configuration, double> Objective) Hartmann { get; } = (SearchSpace.Of([.. Six]), configuration =>
    {
        double sum = 0;
        for (int hill = 0; hill < Heights.Length; hill++)
        {
            double square = 0;
            for (int i = 0; i < Six.Length; i++)
            {
                square += Widths[hill][i] * Math.Pow(configuration.Get(Six[i]) - Centres[hill][i], 2);
            }

            sum -= Heights[hill] * Math.Exp(-square);
        }

        return sum;
    });

    /// <summary>A network's settings, made up: 3 million configurations, names and numbers, of which one exists for one optimizer only.</summary>
    public static (ISearchSpace Space, Func<Configuration, double> Objective) Network { get; } = (
        SearchSpace.Of(Activation, Filters, Layers, Optimizer, Momentum, Rate, Dropout, Step).When(Momentum, Optimizer, "sgd").Where("filters * layers <= 384"),
        configuration =>
        {
            string optimizer = configuration.Get(Optimizer);
            (double bestRate, double least) = optimizer switch { "adam" => (-3, 0.1), "sgd" => (-1.5, 0.0), _ => (-3.5, 0.2) };
            double loss = least + (0.3 * Math.Pow(Math.Log10(configuration.Get(Rate)) - bestRate, 2));
            loss += optimizer == "sgd" ? Math.Pow(configuration.Get(Momentum) - 0.9, 2) : 0;
            loss += configuration.Get(Activation) switch { "gelu" => 0, "relu" => 0.1, "elu" => 0.15, _ => 0.4 };
            loss += (0.1 * Math.Pow(Math.Log2(configuration.Get(Filters) / 64.0), 2)) + (0.03 * Math.Abs(configuration.Get(Layers) - 3));
            return loss + (2 * Math.Pow(configuration.Get(Dropout) - 0.2, 2)) + (configuration.Get(Step) == 0.0099 ? 0 : 0.05);
        });
}
