using System.IO.Compression;

namespace Annotator.Domain.Sources.Texts;

/// <summary>How many bytes a part of a PDF has when it is unpacked (ISO 32000-1, 7.4), found without unpacking it into memory.</summary>
internal static class PackedLength
{
    private const int Clear = 256;
    private const int End = 257;
    private const int MostCodes = 4096;

    /// <returns>Somewhat more than <paramref name="most"/> when it is longer than that.</returns>
    public static int OfFlate(ReadOnlyMemory<byte> packed, int most)
    {
        using var stream = new DeflateStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        var buffer = new byte[65_536];
        var length = 0;
        try
        {
            int read;
            while (length <= most && (read = stream.Read(buffer)) > 0)
                length += read;
        }
        catch (InvalidDataException)
        {
            // The library repairs what it can.
        }

        return length;
    }

    /// <param name="early">1 when codes grow one code early (<c>EarlyChange</c>), else 0.</param>
    /// <returns>Somewhat more than <paramref name="most"/> when it is longer than that.</returns>
    public static int OfLzw(ReadOnlySpan<byte> packed, int early, int most)
    {
        var lengths = new int[MostCodes];
        Array.Fill(lengths, 1, 0, Clear);
        var (known, width, last, length) = (End + 1, 9, -1, 0);
        var (bits, have) = (0, 0);
        foreach (var next in packed)
        {
            bits = ((bits << 8) | next) & 0xffffff;
            have += 8;
            if (have < width)
                continue;
            have -= width;
            var code = (bits >> have) & ((1 << width) - 1);
            if (code == End || length > most)
                break;
            if (code == Clear)
            {
                (known, width, last) = (End + 1, 9, -1);
                continue;
            }

            // A code that is not known yet is the last one with its own first byte again.
            length += code < known ? lengths[code] : last < 0 ? 0 : lengths[last] + 1;
            if (last >= 0 && known < MostCodes)
                lengths[known++] = lengths[last] + 1;
            last = Math.Min(code, known - 1);
            width = (known + early) switch { >= 2048 => 12, >= 1024 => 11, >= 512 => 10, _ => 9 };
        }

        return length;
    }

    /// <returns>Somewhat more than <paramref name="most"/> when it is longer than that.</returns>
    public static int OfRunLength(ReadOnlySpan<byte> packed, int most)
    {
        var length = 0;
        for (var i = 0; i < packed.Length && packed[i] != 128 && length <= most;)
        {
            var isCopied = packed[i] < 128;
            length += isCopied ? packed[i] + 1 : 257 - packed[i];
            i += isCopied ? packed[i] + 2 : 2;
        }

        return length;
    }
}
