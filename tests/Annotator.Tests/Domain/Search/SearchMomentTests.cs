using System.Globalization;
using Annotator.Domain.Search;
using CsCheck;

namespace Annotator.Tests.Domain.Search;

public sealed class SearchMomentTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 1, 30, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("2026", "2026-01-01 00:00:00Z")]
    [InlineData("2026-03", "2026-03-01 00:00:00Z")]
    [InlineData("2026-3", "2026-03-01 00:00:00Z")]
    [InlineData("2026-03-14", "2026-03-14 00:00:00Z")]
    [InlineData("２０２６－０３－１４", "2026-03-14 00:00:00Z")]
    [InlineData("7d", "2026-03-23 23:30:00Z")]
    [InlineData("2W", "2026-03-16 23:30:00Z")]
    [InlineData("1m", "2026-02-28 23:30:00Z")]
    [InlineData("１y", "2025-03-30 23:30:00Z")]
    [InlineData("0d", "2026-03-30 23:30:00Z")]
    [InlineData("99999y", "0001-01-01 00:00:00Z")]
    [InlineData("999999999w", "0001-01-01 00:00:00Z")]
    public void A_date_or_a_while_ago_is_a_moment(string value, string moment)
    {
        Assert.True(SearchMoment.TryParse(value, Now, out var read));
        Assert.Equal((moment, TimeSpan.Zero), (read.ToString("u", CultureInfo.InvariantCulture), read.Offset));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("d")]
    [InlineData("26")]
    [InlineData("7h")]
    [InlineData("-7d")]
    [InlineData("2026-13")]
    [InlineData("2026-02-30")]
    [InlineData("2026-03-14T12")]
    [InlineData("9999999999w")]
    public void Anything_else_is_none(string value) => Assert.False(SearchMoment.TryParse(value, Now, out _));

    [Fact]
    public void Whether_a_value_is_a_moment_does_not_depend_on_the_time() =>
        Gen.Select(Gen.String[Gen.Char["0123456789-dwmy"], 1, 10], Gen.DateTimeOffset).Sample((value, now) =>
            Assert.Equal(SearchMoment.TryParse(value, Now, out _), SearchMoment.TryParse(value, now, out _)));
}
