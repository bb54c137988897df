using System.IO.Compression;
using System.Text;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources.Texts;

namespace Annotator.Tests.Domain.Sources.Texts;

public sealed class PackedLengthTests
{
    private const int Most = 64 * Limits.Megabyte;

    public static TheoryData<byte[]> Contents => [.. Made()];

    [Theory]
    [MemberData(nameof(Contents))]
    public void Lengths_are_those_of_what_was_packed(byte[] content)
    {
        using var deflated = new MemoryStream();
        using (var stream = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
            stream.Write(content);
        Assert.Equal(content.Length, PackedLength.OfFlate(deflated.ToArray(), Most));
        foreach (var early in (int[])[0, 1])
            Assert.Equal(content.Length, PackedLength.OfLzw(Lzw.Pack(content, early), early, Most));
        Assert.Equal(content.Length, PackedLength.OfRunLength(RunLengths(content), Most));
    }

    [Fact]
    public void A_bomb_is_not_counted_to_its_end()
    {
        var packed = Lzw.Pack(new byte[30 * Limits.Megabyte], 1);
        Assert.InRange(packed.Length, 1, 60_000);
        Assert.InRange(PackedLength.OfLzw(packed, 1, Limits.Megabyte), Limits.Megabyte, 2 * Limits.Megabyte);
    }

    [Fact]
    public void Any_bytes_have_some_length()
    {
        var random = new Random(5);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[random.Next(0, 3_000)];
            random.NextBytes(bytes);
            Assert.InRange(PackedLength.OfLzw(bytes, i % 2, Most), 0, Most + 4096);
            Assert.InRange(PackedLength.OfRunLength(bytes, Most), 0, Most + 128);
            Assert.InRange(PackedLength.OfFlate(bytes, Most), 0, Most + 65_536);
        }
    }

    private static IEnumerable<byte[]> Made()
    {
        yield return [];
        yield return [7];
        yield return new byte[100_000];
        yield return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 9_000).Select(i => $"{i} q BT (一 word) Tj ET\n")));
        var noise = new byte[50_000];
        new Random(3).NextBytes(noise);
        yield return noise;
    }

    private static byte[] RunLengths(byte[] content)
    {
        var packed = new List<byte>();
        for (var i = 0; i < content.Length;)
        {
            var run = 1;
            while (run < 128 && i + run < content.Length && content[i + run] == content[i])
                run++;
            packed.AddRange(run > 1 ? [(byte)(257 - run), content[i]] : [0, content[i]]);
            i += run;
        }

        return [.. packed, 128];
    }
}
