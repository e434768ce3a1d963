using System.Reflection;

namespace ParticleImages.Architecture.Tests;

public sealed class PublicTypeTests
{
    // What others may derive from, or what groups a closed family: each a decision.
    private static readonly string[] AbstractOnPurpose = ["EventSource", "NetworkLayer", "Picture", "ScanPicture`1", "StyledPicture`1"];

    [Fact]
    public void Every_public_class_is_sealed_static_or_abstract_on_purpose() =>
        Assert.All(
            Sources.PublicTypes.Where(type => type.IsClass && !type.IsSealed),
            type => Assert.True(type.IsAbstract && AbstractOnPurpose.Contains(type.Name), $"{type.FullName} is open for derivation."));

    [Fact]
    public void No_public_type_outside_the_networks_mentions_torch()
    {
        IEnumerable<(Type Type, Type Mentioned)> mentions =
            from type in Sources.PublicTypes
            where type.Assembly.GetName().Name != "ParticleImages.Networks"
            from member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            from mentioned in TypesOf(member)
            where mentioned.Assembly.GetName().Name == "TorchSharp"
            select (type, mentioned);

        Assert.Empty(mentions);
    }

    [Fact]
    public void Every_public_type_stands_in_a_file_of_its_name()
    {
        HashSet<string> files = [.. Sources.Files.Select(path => Path.GetFileNameWithoutExtension(path))];

        Assert.All(
            Sources.PublicTypes.Where(type => !type.IsNested),
            type => Assert.Contains(type.Name.Split('`')[0], files));
    }

    [Fact]
    public void Every_public_type_lives_in_its_assemblys_namespace() =>
        Assert.All(
            Sources.PublicTypes,
            type => Assert.StartsWith(type.Assembly.GetName().Name!, type.Namespace!, StringComparison.Ordinal));

    [Fact]
    public void No_file_has_more_than_400_lines() =>
        Assert.All(Sources.Files, path => Assert.InRange(File.ReadLines(path).Count(), 1, 400));

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodBase method => method.GetParameters().Select(parameter => parameter.ParameterType)
            .Append((method as MethodInfo)?.ReturnType ?? typeof(void)),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };
}
