namespace ParticleImages.Networks.Engines.Sparse;

/// <summary>A column of the input that a column of the output sees.</summary>
/// <param name="Index">Which column.</param>
/// <param name="Rows">Where its frames begin among all rows.</param>
/// <param name="Tap">Its number in the window's plane.</param>
/// <param name="Row">Its row of the grid.</param>
/// <param name="Column">Its column of the grid.</param>
internal readonly record struct SeenColumn(int Index, int Rows, int Tap, int Row, int Column);
