using System.Security.Cryptography;
using System.Text;

namespace Annotator.Domain.Kernel;

/// <summary>A key of fixed size for texts that are too long for an index: the first 16 bytes of SHA-256 over UTF-8.</summary>
internal static class TextKey
{
    /// <summary>The key of a text, which is taken as it is: neither trimmed nor folded.</summary>
    public static Guid Of(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
