namespace ParticleImages.Formats.Arrow;

/// <summary>The types of Arrow's columns, numbered as in its headers.</summary>
internal enum ArrowKind : byte
{
    None = 0,
    Null,
    Int,
    Float,
    Binary,
    Text,
    Bool,
    Decimal,
    Date,
    Time,
    Timestamp,
    Interval,
    List,
    Struct,
    Union,
    FixedSizeBinary,
    FixedSizeList,
    Map,
    Duration,
    LargeBinary,
    LargeText,
    LargeList,
    RunEndEncoded,
    BinaryView,
    TextView,
    ListView,
    LargeListView,
}
