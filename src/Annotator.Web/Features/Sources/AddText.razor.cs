using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Domain.Sources;
using Annotator.Domain.Sources.Texts;
using Annotator.Domain.Text;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Features.Sources;

/// <summary>Adds a source with its text, or a newer text to a source: fetched, from a file, or pasted.</summary>
[Authorize]
public sealed partial class AddText(SourceTexts texts, SourceReader sources, Fetcher fetcher, ViewerAccessor viewers, NavigationManager navigation, IHttpContextAccessor http)
{
    private Viewer _viewer = Viewer.Visitor;
    private Refusal? _refused;

    // The title of the source that gets a newer text.
    private string? _known;

    /// <summary>Public id of the source that gets a newer text; null for a new source.</summary>
    [SupplyParameterFromQuery]
    public string? Source { get; set; }

    [SupplyParameterFromForm(FormName = "text")]
    public NewTextForm? Form { get; set; }

    private CancellationToken Aborted => http.HttpContext?.RequestAborted ?? CancellationToken.None;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new NewTextForm();
        _viewer = await viewers.CurrentAsync();
        if (Source is not null)
            _known = await sources.TitleAsync(_viewer, SourceId(), Aborted) ?? throw new NotFound("source");
    }

    private async Task SaveAsync()
    {
        try
        {
            var (format, text, address) = await ReadAsync(Form!);
            var added = new NewSnapshot(format, text.Content.Html, text.Content.Text, text.Language, !Form!.OnlyMe);
            var snapshot = Source is not null
                ? await texts.AddAsync(_viewer, SourceId(), added, Aborted)
                : await texts.AddAsync(_viewer, Cited(Form, text, address), added, Aborted);
            navigation.NavigateTo($"/sources/{PublicId.Of(snapshot.SourceId)}?at={PublicId.Of(snapshot.Id)}");
        }
        catch (Refusal refusal) when (refusal is Invalid)
        {
            _refused = refusal;
        }
    }

    private async Task<(string Format, IngestedText Text, string? Address)> ReadAsync(NewTextForm form)
    {
        if (form.File is { Length: > 0 } file)
        {
            await using var stream = file.OpenReadStream();
            var (format, text) = await TextIngest.ReadFileAsync(stream, file.FileName, Aborted);
            return (format, text, null);
        }

        if (!string.IsNullOrWhiteSpace(form.Words))
        {
            var (format, text) = await TextIngest.ReadPastedAsync(form.Words, Aborted);
            return (format, text, null);
        }

        if (string.IsNullOrWhiteSpace(form.Address))
            throw new Invalid("text", "required");
        if (!Uri.TryCreate(form.Address.Trim(), UriKind.Absolute, out var address))
            throw new Invalid("url", "not_an_address");
        var page = await fetcher.FetchAsync(address, Aborted);
        var read = await TextIngest.ReadFetchedAsync(page.Content.ToArray(), page.Address, page.ContentType, page.Charset, Aborted);
        return (read.Format, read.Text, page.Address.AbsoluteUri);
    }

    /// <summary>As the person says, else as the text does; an address beside a file or a paste is where they are from.</summary>
    private static Citation Cited(NewTextForm form, IngestedText text, string? address)
    {
        var uri = address ?? form.Uri();
        var title = Given(form.Title) ?? text.Title ?? (uri is null ? Beginning(text.Content.Text) : null);
        return new Citation(uri, title, Given(form.Author) ?? text.Author, form.Language);
    }

    private static string Beginning(string text)
    {
        var line = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[0];
        return Cut.Shown(line, 80);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private Guid SourceId() => PublicId.TryParse(Source, out var id) ? id : throw new NotFound("source");
}

/// <summary>A text and where it is from: one of address, file and words.</summary>
public sealed class NewTextForm
{
    public string? Address { get; set; }
    public IFormFile? File { get; set; }

    /// <summary>Markdown.</summary>
    public string? Words { get; set; }
    public string? Title { get; set; }
    public string? Author { get; set; }
    public string? Language { get; set; }
    public bool OnlyMe { get; set; }

    /// <summary>The address in its form for sources; null for none.</summary>
    public string? Uri() => NewSourceForm.TargetOf(Address);
}
