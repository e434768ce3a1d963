using System.Reflection;
using PureHDF.VOL.Native;

namespace ParticleImages.Formats.Hdf5;

/// <summary>Members of PureHDF that it decodes and keeps internal.</summary>
/// <remarks>
/// Byte order, filter pipeline, addresses and the chunks' filter masks are not to be had from PureHDF 2.2.0 otherwise,
/// and without them data would be refused (big-endian numbers) or wrong (chunks stored unfiltered, which LZF writers
/// leave often). The package's version is pinned exactly; a member that another version lacks is a
/// <see cref="MissingMemberException"/>, in every test that reads a file.
/// </remarks>
internal static class Hidden
{
    private const BindingFlags Members =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The value of a property that is there and not null.</summary>
    public static object Get(object target, string name)
    {
        PropertyInfo property = target.GetType().GetProperty(name, Members)
            ?? throw new MissingMemberException(target.GetType().FullName, name);
        return property.GetValue(target)!;
    }

    /// <summary>The value of a property; null when there is none.</summary>
    public static object? Find(object target, string name) =>
        target.GetType().GetProperty(name, Members)?.GetValue(target);

    /// <summary>Calls a method, a static one where the target is null.</summary>
    public static object? Call(Type type, object? target, string name, params object?[] arguments)
    {
        MethodInfo method = type.GetMethod(name, Members) ?? throw new MissingMemberException(type.FullName, name);
        return method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    /// <summary>An internal type beside the public ones.</summary>
    public static Type TypeNamed(string name) =>
        typeof(NativeDataset).Assembly.GetType("PureHDF.VOL.Native." + name)
        ?? throw new MissingMemberException("PureHDF", name);
}
