using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ParticleImages.TestKit;

/// <summary>
/// Calls that make a TorchSharp scalar on the way, as <c>tensor + 1.0</c> and even <c>tensor + tensor</c> do: nothing holds it, so the garbage collector may free it while torch
/// still reads it, once in many thousand calls, and the sum is then a wrong one or an exception. A scalar of a field is held.
/// </summary>
public static class HiddenScalars
{
    private const string Conversion = "TorchSharp.Scalar::op_Implicit";
    private const string OtherConversion = "TorchSharp.ScalarExtensionMethods::";

    private static readonly Dictionary<int, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null)).OfType<OpCode>().ToDictionary(code => code.Value & 0xFFFF);

    /// <summary>The calls of assemblies that lead to such a scalar, as «caller → called»; constructors, which fill fields, may convert.</summary>
    /// <param name="torch">The file of TorchSharp.</param>
    /// <param name="assemblies">The files of the assemblies that are judged.</param>
    public static IReadOnlyList<string> In(string torch, params IEnumerable<string> assemblies)
    {
        HashSet<string> making = Making(torch);
        return [.. from assembly in assemblies
                   from caller in Calls(assembly)
                   from called in caller.Value
                   where Converts(called) ? !caller.Key.Contains("ctor(", StringComparison.Ordinal) : making.Contains(called)
                   select $"{caller.Key} → {called}"];
    }

    private static bool Converts(string called) =>
        called.StartsWith(Conversion, StringComparison.Ordinal) || called.StartsWith(OtherConversion, StringComparison.Ordinal);

    // TorchSharp's own methods that convert, and all that call those.
    private static HashSet<string> Making(string torch)
    {
        Dictionary<string, HashSet<string>> calls = Calls(torch);
        HashSet<string> making = [.. calls.Where(method => method.Value.Any(Converts)).Select(method => method.Key)];
        int before;
        do
        {
            before = making.Count;
            making.UnionWith(calls.Where(method => method.Value.Overlaps(making)).Select(method => method.Key));
        }
        while (making.Count > before);

        return making;
    }

    private static Dictionary<string, HashSet<string>> Calls(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        var calls = new Dictionary<string, HashSet<string>>();
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            int address = metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
            if (address != 0)
            {
                calls[Names.Of(metadata, handle)] = [.. Called(file.GetMethodBody(address).GetILReader(), metadata)];
            }
        }

        return calls;
    }

    private static List<string> Called(BlobReader code, MetadataReader metadata)
    {
        var called = new List<string>();
        while (code.RemainingBytes > 0)
        {
            int first = code.ReadByte();
            OpCode operation = OpCodes[first == 0xFE ? 0xFE00 | code.ReadByte() : first];
            switch (operation.OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.InlineMethod:
                    called.Add(Names.Of(metadata, MetadataTokens.EntityHandle(code.ReadInt32())));
                    break;
                case OperandType.InlineSwitch:
                    int cases = code.ReadInt32();
                    code.Offset += 4 * cases;
                    break;
                default:
                    code.Offset += operation.OperandType switch
                    {
                        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                        OperandType.InlineVar => 2,
                        OperandType.InlineI8 or OperandType.InlineR => 8,
                        _ => 4,
                    };
                    break;
            }
        }

        return called;
    }

    /// <summary>Names of methods with the types of their parameters, the same in whichever assembly they are mentioned.</summary>
    private sealed class Names : ISignatureTypeProvider<string, object?>
    {
        private static readonly Names Shared = new();

        public static string Of(MetadataReader metadata, EntityHandle handle) => handle.Kind switch
        {
            HandleKind.MethodDefinition when metadata.GetMethodDefinition((MethodDefinitionHandle)handle) is var method =>
                Of(metadata, method.GetDeclaringType(), method.Name, method.Signature),
            HandleKind.MemberReference when metadata.GetMemberReference((MemberReferenceHandle)handle) is var member =>
                Of(metadata, member.Parent, member.Name, member.Signature),
            HandleKind.MethodSpecification => Of(metadata, metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
            _ => throw new BadImageFormatException($"A call of {handle.Kind}."),
        };

        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{shape.Rank}]";

        public string GetByReferenceType(string elementType) => $"{elementType}&";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(",", typeArguments)}>";

        public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

        public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => $"{elementType}*";

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSZArrayType(string elementType) => $"{elementType}[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => TypeOf(reader, handle);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => TypeOf(reader, handle);

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => "specification";

        private static string Of(MetadataReader metadata, EntityHandle type, StringHandle name, BlobHandle signature)
        {
            BlobReader bytes = metadata.GetBlobReader(signature);
            MethodSignature<string> decoded = new SignatureDecoder<string, object?>(Shared, metadata, genericContext: null).DecodeMethodSignature(ref bytes);
            return $"{TypeOf(metadata, type)}::{metadata.GetString(name)}({string.Join(",", decoded.ParameterTypes)})";
        }

        private static string TypeOf(MetadataReader metadata, EntityHandle handle)
        {
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition:
                    TypeDefinition defined = metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
                    return Nested(metadata, defined.GetDeclaringType(), defined.Namespace, defined.Name);
                case HandleKind.TypeReference:
                    TypeReference mentioned = metadata.GetTypeReference((TypeReferenceHandle)handle);
                    return Nested(metadata, mentioned.ResolutionScope.Kind == HandleKind.TypeReference ? mentioned.ResolutionScope : default, mentioned.Namespace, mentioned.Name);
                default:
                    return handle.Kind.ToString();
            }
        }

        private static string Nested(MetadataReader metadata, EntityHandle outer, StringHandle space, StringHandle name) =>
            outer.IsNil ? $"{metadata.GetString(space)}.{metadata.GetString(name)}" : $"{TypeOf(metadata, outer)}/{metadata.GetString(name)}";
    }
}
