using System.Buffers.Text;
using Annotator.Domain.Kernel;
using CsCheck;

namespace Annotator.Tests.Domain.Kernel;

public sealed class PublicIdTests
{
    [Fact]
    public void Every_id_is_read_back_from_what_is_shown() => Gen.Guid.Sample(id =>
        Assert.True(PublicId.TryParse(PublicId.Of(id), out var read) && read == id));

    [Fact]
    public void Ids_of_Hypothesis_with_15_bytes_keep_their_20_characters() => Gen.Byte.Array[15].Sample(bytes =>
    {
        var text = Base64Url.EncodeToString(bytes);
        Assert.Equal(20, text.Length);
        Assert.True(PublicId.TryParse(text, out var id));
        Assert.Equal(text, PublicId.Of(id));
    });

    [Fact]
    public void A_15_byte_id_becomes_the_UUID_that_Hypothesis_stores()
    {
        Assert.True(PublicId.TryParse("AVLlVTs1f9G3pW-EYc6q", out var id));
        Assert.Equal(Guid.Parse("0152e555-3b35-e7fd-51b7-a56f8461ceaa"), id);
    }

    [Fact]
    public void Whatever_can_be_read_is_shown_the_same() => Gen.Char["ABab01-_=+/ é"].Array[18, 24].Sample(characters =>
    {
        var text = new string(characters);
        if (PublicId.TryParse(text, out var id))
            Assert.Equal(text, PublicId.Of(id));
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("walden")]
    [InlineData("AVLlVTs1f9G3pW+EYc6q")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("AVLlVTs1f9G3pW-EYc6q==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA ")]
    [InlineData("AAAA AAAA AAAA AAAA AA")]
    [InlineData("\nAAAAAAAAAAAAAAAAAAA")]
    public void Other_text_is_no_id(string? text) => Assert.False(PublicId.TryParse(text, out _));

    [Fact]
    public void Later_ids_sort_after_earlier_ones()
    {
        var clock = new FakeTime();
        var earlier = PublicId.New(clock);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(PublicId.New(clock).CompareTo(earlier) > 0);
    }
}
