using System.Buffers.Binary;
using System.Buffers.Text;

namespace Annotator.Domain.Kernel;

/// <summary>
/// The id of a thing as people and other programs see it: the 16 bytes of its UUID as 22 characters of URL-safe base64.
/// Hypothesis' older ids of 20 characters (15 bytes) are read and shown in their own form.
/// </summary>
public static class PublicId
{
    /// <summary>A new id whose order is the order of time.</summary>
    public static Guid New(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow());

    /// <summary>When such an id was made, to the millisecond; null for an id that came from elsewhere.</summary>
    public static DateTimeOffset? TimeOf(Guid id) =>
        id.Version == 7
            ? DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(id.ToByteArray(bigEndian: true)) >>> 16)
            : null;

    /// <summary>The id as text: 22 characters, or 20 for an id that came from Hypothesis with 15 bytes.</summary>
    public static string Of(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        return IsLegacy(bytes)
            ? Base64Url.EncodeToString(Convert.FromHexString(WithoutMarks(Convert.ToHexString(bytes))))
            : Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads both forms; false for anything else, also for text that does not round-trip.</summary>
    public static bool TryParse(string? text, out Guid id)
    {
        id = Guid.Empty;
        if (text is null || text.Length is not (20 or 22) || !Base64Url.IsValid(text))
            return false;
        // White space and padding are valid too, and make fewer bytes.
        var hex = Convert.ToHexString(Base64Url.DecodeFromChars(text));
        if (hex.Length != (text.Length == 20 ? 30 : 32))
            return false;
        id = Guid.ParseExact(text.Length == 20 ? WithMarks(hex) : hex, "N");
        return string.Equals(Of(id), text, StringComparison.Ordinal);
    }

    /// <summary>Reads both forms.</summary>
    /// <exception cref="Missing">It is none; the refusal names what it should have been the id of.</exception>
    public static Guid Parse(string? text, string what) => TryParse(text, out var id) ? id : throw new Missing(what);

    // h stores a 15-byte id as a UUID with the nibbles E and 5 put in at 12 and 16, places no real UUID fills that way.
    private static bool IsLegacy(byte[] bytes) => bytes[6] >> 4 == 0xE && bytes[8] >> 4 == 0x5;

    private static string WithMarks(string hex) => $"{hex[..12]}E{hex[12..15]}5{hex[15..]}";

    private static string WithoutMarks(string hex) => hex[..12] + hex[13..16] + hex[17..];
}
