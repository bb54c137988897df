using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Annotator.Domain.Exchange;

/// <summary>Ids for records that come without one: the same content has the same id, so that nothing is stored twice.</summary>
internal static class ContentId
{
    /// <summary>
    /// From SHA-256 over the parts. With a time it is a UUID version 7 of that time (RFC 9562 §5.7), else a version 8 (§5.8).
    /// </summary>
    public static Guid Of(DateTimeOffset? created, params IEnumerable<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
            Append(hash, part ?? "");
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(bytes);
        Mark(bytes, created);
        return new Guid(bytes[..16], bigEndian: true);
    }

    // The length goes in front: "ab" and "c" are not "a" and "bc".
    private static void Append(IncrementalHash hash, string part)
    {
        var text = Encoding.UTF8.GetBytes(part);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        hash.AppendData(length);
        hash.AppendData(text);
    }

    private static void Mark(Span<byte> bytes, DateTimeOffset? created)
    {
        var version = 0x80;
        if (created is { } time)
        {
            Span<byte> milliseconds = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(milliseconds, time.ToUnixTimeMilliseconds());
            milliseconds[2..].CopyTo(bytes);
            version = 0x70;
        }

        bytes[6] = (byte)(version | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
    }
}
