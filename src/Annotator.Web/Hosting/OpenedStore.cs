namespace Annotator.Web.Hosting;

/// <summary>A store that is ready, with the services that work on it. Disposing it stops what was started for it.</summary>
public sealed class OpenedStore(IServiceProvider services, string authority, Migrated migrated, Func<ValueTask> close) : IAsyncDisposable
{
    public IServiceProvider Services => services;

    /// <summary>The authority of the people of this installation.</summary>
    public string Authority => authority;

    /// <summary>What opening the store brought up to date.</summary>
    public Migrated Migrated => migrated;

    public ValueTask DisposeAsync() => close();
}

/// <summary>
/// Composes the program for one command. <paramref name="settings"/> are arguments such as
/// <c>--Annotator:Authority=example.org</c>.
/// </summary>
public delegate Task<OpenedStore> OpenStore(IReadOnlyList<string> settings, CancellationToken ct);
