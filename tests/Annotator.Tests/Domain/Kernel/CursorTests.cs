using Annotator.Domain.Kernel;
using CsCheck;

namespace Annotator.Tests.Domain.Kernel;

public sealed class CursorTests
{
    [Fact]
    public void A_place_behind_any_title_is_read_back() =>
        Gen.Select(Gen.Char["aé中~ -_%"].Array[0, 12], Gen.Guid).Sample((title, id) =>
        {
            var cursor = new Cursor(new string(title), id);
            Assert.Equal(cursor, Cursor.Parse(cursor.ToString()));
        });

    [Fact]
    public void A_place_behind_any_time_is_read_back() => Gen.Select(Gen.DateTime, Gen.Guid).Sample((time, id) =>
    {
        var at = new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));
        var read = Cursor.Parse(Cursor.At(at, id).ToString());
        Assert.NotNull(read);
        Assert.True(read.TryGetTime(out var again));
        Assert.Equal((at, id), (again, read.Id));
    });

    [Fact]
    public void Nothing_makes_reading_fail() => Gen.String.Sample(text =>
    {
        Assert.Null(Cursor.Parse(text));
        Cursor.Parse($"{text}~{PublicId.Of(Guid.Empty)}")?.TryGetTime(out _);
    });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("walden~no-id")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("wal\0den~AAAAAAAAAAAAAAAAAAAAAA")]
    public void A_link_that_cannot_be_read_starts_at_the_first_page(string? text) => Assert.Null(Cursor.Parse(text));

    [Theory]
    [InlineData("Walden")]
    [InlineData("-1")]
    [InlineData("9223372036854775807")]
    [InlineData("99999999999999999999999999")]
    public void A_key_that_is_no_time_is_none(string key) => Assert.False(new Cursor(key, Guid.Empty).TryGetTime(out _));
}
