namespace Annotator.Tests.Domain.Sources.Texts;

/// <summary>Packs as old PDFs are packed (ISO 32000-1, 7.4.4).</summary>
internal static class Lzw
{
    private const int Clear = 256;
    private const int End = 257;

    /// <param name="early">1 when codes grow one code early, else 0.</param>
    public static byte[] Pack(byte[] content, int early)
    {
        var packed = new List<byte>();
        var (bits, have, width) = (0L, 0, 9);
        var codes = new Dictionary<(int Before, byte Next), int>();
        Write(Clear);
        var present = -1;
        foreach (var next in content)
        {
            if (present < 0)
            {
                present = next;
            }
            else if (codes.TryGetValue((present, next), out var code))
            {
                present = code;
            }
            else
            {
                Write(present);
                codes[(present, next)] = End + 1 + codes.Count;
                present = next;
                // The reader knows one code less.
                var known = End + codes.Count;
                width = (known + early) switch { >= 2048 => 12, >= 1024 => 11, >= 512 => 10, _ => 9 };
                if (known < 4093)
                    continue;
                Write(present);
                present = -1;
                Write(Clear);
                codes.Clear();
                width = 9;
            }
        }

        if (present >= 0)
            Write(present);
        Write(End);
        if (have > 0)
            packed.Add((byte)(bits << (8 - have)));
        return [.. packed];

        void Write(int code)
        {
            bits = (bits << width) | (uint)code;
            for (have += width; have >= 8; have -= 8)
                packed.Add((byte)(bits >> (have - 8)));
            bits &= (1L << have) - 1;
        }
    }
}
