namespace ParticleImages.Numpy;

/// <summary>The element types that are read and written, as numpy names them.</summary>
internal enum NumpyElement
{
    Bool,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float16,
    Float32,
    Float64,
}
