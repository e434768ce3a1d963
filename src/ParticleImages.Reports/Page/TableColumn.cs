namespace ParticleImages.Reports.Page;

/// <summary>A column: its name, and whether it is sorted by size rather than by letters.</summary>
internal readonly record struct TableColumn(string Name, bool IsNumber = false);
