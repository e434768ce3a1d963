using System.Security.Cryptography;
using System.Text;

namespace ParticleImages.Cli;

/// <summary>A secret that a reader shows in the address once, and as a cookie from then on.</summary>
internal sealed class AccessToken
{
    /// <summary>Fewer letters could be guessed.</summary>
    public const int Shortest = 16;

    private readonly byte[] hash;

    private AccessToken(string text)
    {
        Text = text;
        hash = HashOf(text);
        Cookie = Convert.ToHexStringLower(HashOf($"cookie {text}"));
    }

    public string Text { get; }

    /// <summary>What the browser keeps: who finds it there does not know the token.</summary>
    public string Cookie { get; }

    public static AccessToken New() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    /// <exception cref="UsageException">It is too short, or has letters that an address would not keep.</exception>
    public static AccessToken Of(string option, string text) => text.Length >= Shortest && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
        ? new AccessToken(text)
        : throw new UsageException($"{option} has {Shortest} or more of the letters A to Z and a to z, digits, '-', '_' and '.', so that it cannot be guessed. Leave it out beyond this machine, and one is made.");

    /// <summary>Whether a text is the token, in a time that tells nothing of it.</summary>
    public bool IsToken(string? text) => text is not null && CryptographicOperations.FixedTimeEquals(HashOf(text), hash);

    /// <summary>Whether a text is what <see cref="Cookie"/> gave the browser.</summary>
    public bool IsCookie(string? text) => text is not null && CryptographicOperations.FixedTimeEquals(HashOf(text), HashOf(Cookie));

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
