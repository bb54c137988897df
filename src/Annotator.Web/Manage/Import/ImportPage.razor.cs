using Annotator.Domain.Access;
using Annotator.Domain.Exchange;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Annotator.Web.Components.Shared;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;

namespace Annotator.Web.Manage.Import;

/// <summary>Where a file of annotations, or pasted text, is looked at and imported.</summary>
public sealed partial class ImportPage(
    Importer importer,
    ViewerAccessor viewers,
    RateLimits limits,
    AnnotatorOptions installation,
    TimeProvider clock,
    ILogger<ImportPage> logger
)
{
    private const int MaxMegabytes = 200;
    private const long Megabyte = 1024 * 1024;
    private const int RecordsShown = 10;

    private ImportWork _work = default!;
    private bool _isReady;
    private PasteBox _paste = default!;
    private UploadedFile? _file;
    private string? _title;
    private string? _address;
    private Viewer _viewer = Viewer.Visitor;
    private bool _keepAuthors;

    /// <summary>Bytes of the file that are to arrive.</summary>
    private long _total;

    /// <summary>A new number makes the browser forget the file it chose.</summary>
    private int _choice;

    private ImportPreview? _preview;
    private ImportReport? _report;

    /// <summary>Another one when the rights of the viewer have changed (<see cref="CircuitSessions"/>).</summary>
    [CascadingParameter]
    public Task<AuthenticationState>? Session { get; set; }

    protected override void OnInitialized() => _work = new ImportWork(L, clock, logger, StateHasChanged);

    // Nothing would answer before the circuit is there, and a file chosen before InputFile has begun to listen, which it does
    // after it was rendered, would be lost.
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender)
            return;
        _isReady = true;
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        await _work.DisposeAsync();
        await DropAsync();
    }

    private bool IsIdle => _isReady && _work.Activity is null;

    protected override Task OnParametersSetAsync() => AskViewerAsync();

    private bool MayKeepAuthors => _viewer.May(Permissions.ImportForOthers, Standing.Anywhere);

    /// <summary>The viewer with the rights of now: the page may have been open for hours.</summary>
    private async Task AskViewerAsync()
    {
        _viewer = await viewers.CurrentAsync();
        _keepAuthors &= MayKeepAuthors;
    }

    private Task TakeAsync(InputFileChangeEventArgs chosen) =>
        chosen.FileCount == 1 ? DoAsync(ImportActivity.Sending, ct => ReceiveAsync(chosen.File, ct)) : Task.CompletedTask;

    private async Task ReceiveAsync(IBrowserFile chosen, CancellationToken ct)
    {
        await DropAsync();
        if (chosen.Size > MaxMegabytes * Megabyte)
        {
            _work.Problem = L["Import.TooLarge", MaxMegabytes];
            return;
        }

        _file = UploadedFile.Create(chosen.Name);
        _total = chosen.Size;
        try
        {
            await using var sent = chosen.OpenReadStream(MaxMegabytes * Megabyte, ct);
            await _work.ShownAsync(_file.FillAsync(sent, ct));
        }
        finally
        {
            if (_file.Length < chosen.Size)
                await DropAsync();
        }
    }

    private Task DoAsync(ImportActivity activity, Func<CancellationToken, Task> work)
    {
        if (_work.Activity is null)
            ClearResults();
        return _work.DoAsync(activity, work);
    }

    private Task PreviewAsync() => DoAsync(ImportActivity.Reading, ct => WithInputAsync(LookAsync, ct));

    private Task ImportAsync() => DoAsync(ImportActivity.Importing, ct => WithInputAsync(StoreAsync, ct));

    private async Task WithInputAsync(Func<Stream, ImportOptions, CancellationToken, Task> work, CancellationToken ct)
    {
        await using var pasted = _file is null ? UploadedFile.Create(null) : null;
        if (pasted is not null)
            await FillFromBoxAsync(pasted, ct);
        var file = _file ?? pasted!;
        if (file.Length == 0)
            _work.Problem = L["Import.Nothing"];
        else
            await work(file.Rewound(), await OptionsAsync(file.Name), ct);
    }

    private async Task FillFromBoxAsync(UploadedFile file, CancellationToken ct)
    {
        await using var text = await _paste.TextAsync(ct);
        if (text is null)
            return;
        await using var sent = await text.OpenReadStreamAsync(MaxMegabytes * Megabyte, ct);
        await _work.ShownAsync(file.FillAsync(sent, ct));
    }

    // What was asked for, whatever the rights are by now: the importer refuses it then.
    private async Task<ImportOptions> OptionsAsync(string? fileName)
    {
        var (title, uri, keepAuthors) = (Given(_title), Address(), _keepAuthors);
        await AskViewerAsync();
        return new ImportOptions
        {
            DefaultAuthority = installation.OwnAuthority,
            KeepAuthors = keepAuthors,
            SourceTitle = title ?? (fileName is null ? uri : null),
            SourceUri = uri,
            // Pasted text has no file name. What is pasted under one title is one source.
            FileName = fileName ?? title,
        };
    }

    private string? Address()
    {
        if (Given(_address) is not { } address)
            return null;
        return UriNormalizer.TryParseTarget(address, out var uri, out var reason) ? uri : throw new Invalid("uri", reason);
    }

    private async Task LookAsync(Stream input, ImportOptions options, CancellationToken ct)
    {
        await using var file = await importer.OpenAsync(_viewer, input, options, ct);
        var looking = Task.Run(() => file.PreviewAsync(RecordsShown, ct), ct);
        await _work.ShownAsync(looking);
        _preview = await looking;
    }

    private async Task StoreAsync(Stream input, ImportOptions options, CancellationToken ct)
    {
        if (options.SourceTitle is null && options.FileName is null && await IsPlainAsync(input, options, ct))
        {
            _work.Problem = L["Import.NeedsTitle"];
            return;
        }

        if (Session is not null)
            await limits.CountAsync(LimitedAction.Ingest, (await Session).User, ct);
        // Away from the circuit, which otherwise would not hear the stop button.
        var storing = Task.Run(() => importer.ImportAsync(_viewer, input, options, _work, ct), ct);
        await _work.ShownAsync(storing);
        _report = await storing;
    }

    private async Task<bool> IsPlainAsync(Stream input, ImportOptions options, CancellationToken ct)
    {
        await using var file = await importer.OpenAsync(_viewer, input, options, ct);
        input.Position = 0;
        return file.Format == ImportFormat.Plain;
    }

    private async Task ForgetAsync()
    {
        // The click may have been on its way when something else began.
        if (!IsIdle)
            return;
        ClearResults();
        _choice++;
        await DropAsync();
    }

    private void ClearResults()
    {
        (_preview, _report) = (null, null);
        _work.Clear();
    }

    private async Task DropAsync()
    {
        var file = _file;
        _file = null;
        if (file is not null)
            await file.DisposeAsync();
    }

    private string SizeOf(long bytes) =>
        bytes < Megabyte ? L["Import.Size.KB", Math.Ceiling(bytes / 1024.0)] : L["Import.Size.MB", (double)bytes / Megabyte];

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
