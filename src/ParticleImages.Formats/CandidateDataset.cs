namespace ParticleImages.Formats;

/// <summary>A dataset that may be a file's images or labels.</summary>
/// <param name="Name">Its name; for HDF5 the full path.</param>
/// <param name="Shape">The length of each axis; below 0 where only the values tell it.</param>
/// <param name="ElementType">For example <c>float32</c>.</param>
/// <param name="IsFloat">Whether images may be of the type.</param>
/// <param name="IsNumber">Whether labels may be of the type.</param>
internal sealed record CandidateDataset(string Name, IReadOnlyList<long> Shape, string ElementType, bool IsFloat, bool IsNumber);
