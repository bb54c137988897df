using Annotator.Web.Hosting;

namespace Annotator.Tests.Web;

/// <summary>Memory is given back when there is time for it and something to win.</summary>
public sealed class MemoryUpkeepTests
{
    private const long Some = MemoryUpkeep.Little - 1;

    [Theory]
    [InlineData(Some, MemoryUpkeep.Worth, 60, true)]
    [InlineData(0, 100 * MemoryUpkeep.Worth, 3_600, true)]
    [InlineData(MemoryUpkeep.Little, MemoryUpkeep.Worth, 60, false)]
    [InlineData(Some, MemoryUpkeep.Worth - 1, 60, false)]
    [InlineData(Some, MemoryUpkeep.Worth, 59, false)]
    public void A_program_that_has_little_to_do_is_collected(long busy, long since, int seconds, bool isDue) =>
        Assert.Equal(isDue, MemoryUpkeep.IsDue(busy, since, TimeSpan.FromSeconds(seconds)));
}
