using Annotator.Domain.Access;
using Annotator.Domain.Changes;
using Annotator.Domain.Kernel;

namespace Annotator.Tests.Domain.Changes;

public sealed class ChangeHubTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    private static readonly Guid Writer = Guid.CreateVersion7();
    private readonly ChangeHub _hub = new();

    [Fact]
    public async Task A_slow_subscriber_hears_once_of_all_that_it_missed()
    {
        var source = Guid.CreateVersion7();
        using var slow = _hub.Subscribe(Viewer.Visitor, source);
        for (var i = 0; i < 10_000; i++)
            _hub.Publish(Public(source));
        Assert.True(await slow.WaitAsync(Moment, Ct));
        Assert.False(await slow.WaitAsync(Moment, Ct));
        _hub.Publish(Public(source));
        Assert.True(await slow.WaitAsync(Moment, Ct));
    }

    [Fact]
    public async Task Everybody_hears_when_nobody_knows_what_has_changed()
    {
        using var one = _hub.Subscribe(Viewer.Visitor, Guid.CreateVersion7());
        using var other = _hub.Subscribe(Viewer.Visitor, Guid.CreateVersion7());
        _hub.PublishUnknown();
        Assert.True(await one.WaitAsync(Moment, Ct));
        Assert.True(await other.WaitAsync(Moment, Ct));
    }

    [Fact]
    public async Task Who_has_left_is_not_told_and_the_others_are()
    {
        var source = Guid.CreateVersion7();
        using var stays = _hub.Subscribe(Viewer.Visitor, source);
        var leaves = _hub.Subscribe(Viewer.Visitor, source);
        Assert.Equal(2, _hub.Count);
        leaves.Dispose();
        leaves.Dispose();
        Assert.Equal(1, _hub.Count);
        _hub.Publish(Public(source));
        Assert.True(await stays.WaitAsync(Moment, Ct));
        Assert.False(await leaves.WaitAsync(Moment, Ct));
    }

    [Fact]
    public void Nobody_hears_of_what_they_could_not_see_before_and_cannot_see_now()
    {
        var source = Guid.CreateVersion7();
        var viewers = new Dictionary<string, Viewer>
        {
            ["visitor"] = Viewer.Visitor,
            ["reader"] = new(Guid.CreateVersion7()),
            ["member"] = new(Guid.CreateVersion7()) { Reads = ["circle"] },
            ["writer"] = new(Writer) { Reads = ["circle"] },
        };
        Assert.Equal("member reader visitor writer", Hearing(Audience.World, Audience.World));
        Assert.Equal("member writer", Hearing(Audience.Nobody, Audience.Group));
        Assert.Equal("member writer", Hearing(Audience.Group, Audience.Nobody));
        Assert.Equal("member writer", Hearing(Audience.Group, Audience.Author));
        Assert.Equal("member reader visitor writer", Hearing(Audience.World, Audience.Author));
        Assert.Equal("writer", Hearing(Audience.Author, Audience.Author));
        Assert.Equal("writer", Hearing(Audience.Nobody, Audience.Author));
        Assert.Equal("", Hearing(Audience.Nobody, Audience.Nobody));

        string Hearing(Audience before, Audience after)
        {
            var subscriptions = viewers.ToDictionary(v => v.Key, v => _hub.Subscribe(v.Value, source));
            _hub.Publish(Change.OfAnnotation(ChangeAction.Update, source, Guid.CreateVersion7(), "circle", Writer, before, after));
            var heard = subscriptions.Where(s => s.Value.IsSignalled).Select(s => s.Key).Order(StringComparer.Ordinal);
            return string.Join(' ', heard);
        }
    }

    [Fact]
    public void Whose_rights_have_changed_must_subscribe_anew_and_others_need_not()
    {
        var source = Guid.CreateVersion7();
        using var mine = _hub.Subscribe(new Viewer(Writer), source);
        using var others = _hub.Subscribe(new Viewer(Guid.CreateVersion7()), source);
        using var visitors = _hub.Subscribe(Viewer.Visitor, source);
        _hub.Outdate(Writer);
        Assert.Equal([true, false, false], new[] { mine, others, visitors }.Select(s => s.IsOutdated));
        Assert.Equal([true, false, false], new[] { mine, others, visitors }.Select(s => s.IsSignalled));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("nothing", "")]
    [InlineData("17", "17")]
    [InlineData("17 4 9223372036854775807", "17 4 9223372036854775807")]
    [InlineData("17 -4 0 x 99999999999999999999 5", "17 5")]
    public void A_notification_is_read_as_ids_and_nothing_else(string payload, string ids) =>
        Assert.Equal(ids, string.Join(' ', ChangeReading.Ids(payload)));

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        using var subscription = _hub.Subscribe(Viewer.Visitor, Guid.CreateVersion7());
        using var end = new CancellationTokenSource(Moment);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => subscription.WaitAsync(TimeSpan.FromMinutes(1), end.Token));
    }

    private static Change Public(Guid source) =>
        Change.OfAnnotation(
            ChangeAction.Create, source, Guid.CreateVersion7(), Viewer.PublicGroup, Writer, Audience.Nobody, Audience.World);
}
