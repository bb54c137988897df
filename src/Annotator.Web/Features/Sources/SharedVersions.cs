using System.Collections.Concurrent;
using System.Globalization;
using Annotator.Domain.Changes;

namespace Annotator.Web.Features.Sources;

/// <summary>The version after a signal, asked for once by all streams of viewers with the same rights.</summary>
internal sealed class SharedVersions(PageVersions versions, TimeProvider clock)
{
    /// <summary>Longer than it takes to answer all streams that one change has signalled.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _answers = new(StringComparer.Ordinal);

    /// <summary>The sequence is part of the key, so that no answer from before a signal is taken for one after it.</summary>
    public async Task<string> OfAsync(ChangeSubscription subscription, CancellationToken ct)
    {
        var viewer = subscription.Viewer;
        var key =
            $"{subscription.SourceId} {subscription.Sequence} {viewer.PersonId} {PageVersions.RightsOf(viewer)} {CultureInfo.CurrentUICulture.Name}";
        var answer = _answers.GetOrAdd(key, _ => new Lazy<Task<string>>(() => AskAsync(key, subscription)));
        return await answer.Value.WaitAsync(ct);
    }

    private async Task<string> AskAsync(string key, ChangeSubscription subscription)
    {
        try
        {
            return await versions.OfAsync(subscription.Viewer, subscription.SourceId, CancellationToken.None);
        }
        finally
        {
            _ = ForgetAsync(key);
        }
    }

    private async Task ForgetAsync(string key)
    {
        await Task.Delay(Kept, clock);
        _answers.TryRemove(key, out _);
    }
}
