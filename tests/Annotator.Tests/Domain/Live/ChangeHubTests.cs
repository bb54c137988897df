using Annotator.Domain.Live;

namespace Annotator.Tests.Domain.Live;

public sealed class ChangeHubTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    private readonly ChangeHub _hub = new();

    [Fact]
    public async Task A_slow_subscriber_hears_once_of_all_that_it_missed()
    {
        var source = Guid.CreateVersion7();
        using var slow = _hub.Subscribe(source);
        for (var i = 0; i < 10_000; i++)
            _hub.Tell(new Change(source));
        Assert.True(await slow.WaitAsync(Moment, Ct));
        Assert.False(await slow.WaitAsync(Moment, Ct));
        _hub.Tell(new Change(source));
        Assert.True(await slow.WaitAsync(Moment, Ct));
    }

    [Fact]
    public async Task Everybody_hears_when_nobody_knows_what_has_changed()
    {
        using var one = _hub.Subscribe(Guid.CreateVersion7());
        using var other = _hub.Subscribe(Guid.CreateVersion7());
        _hub.TellAll();
        Assert.True(await one.WaitAsync(Moment, Ct));
        Assert.True(await other.WaitAsync(Moment, Ct));
    }

    [Fact]
    public async Task Who_has_left_is_not_told_and_the_others_are()
    {
        var source = Guid.CreateVersion7();
        using var stays = _hub.Subscribe(source);
        var leaves = _hub.Subscribe(source);
        Assert.Equal(2, _hub.Count);
        leaves.Dispose();
        leaves.Dispose();
        Assert.Equal(1, _hub.Count);
        _hub.Tell(new Change(source));
        Assert.True(await stays.WaitAsync(Moment, Ct));
        Assert.False(await leaves.WaitAsync(Moment, Ct));
    }

    [Fact]
    public async Task Of_private_writing_only_its_writer_hears()
    {
        var (source, writer) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        using var own = _hub.Subscribe(source, writer);
        using var others = _hub.Subscribe(source, Guid.CreateVersion7());
        using var visitors = _hub.Subscribe(source);
        _hub.Tell(new Change(source, writer));
        Assert.True(await own.WaitAsync(Moment, Ct));
        Assert.False(await others.WaitAsync(Moment, Ct));
        Assert.False(await visitors.WaitAsync(Moment, Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("01939d3c-0000-7000-8000-000000000000 somebody")]
    [InlineData("01939d3c-0000-7000-8000-000000000000 01939d3c-0000-7000-8000-000000000001 more")]
    public void What_is_no_change_is_not_read_as_one(string said) => Assert.False(Change.TryParse(said, out _));

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        using var subscription = _hub.Subscribe(Guid.CreateVersion7());
        using var end = new CancellationTokenSource(Moment);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => subscription.WaitAsync(TimeSpan.FromMinutes(1), end.Token));
    }
}
