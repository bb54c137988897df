using Annotator.Domain.Access;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Domain.Sources;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Features.Sources;

/// <summary>Adds a source with its text, or a newer text to a source: fetched, from a file, or pasted.</summary>
[Authorize, TakesUpTo(BodyLimits.Text), Limited(LimitedAction.Ingest)]
public sealed partial class AddText(
    SourceTexts texts,
    TextQueue queue,
    SourceReader sources,
    ViewerAccessor viewers,
    NavigationManager navigation,
    IHttpContextAccessor http)
{
    private Viewer _viewer = Viewer.Visitor;
    private Refusal? _refused;

    // The title of the source that gets a newer text.
    private string? _known;

    /// <summary>Public id of the source that gets a newer text; null for a new source.</summary>
    [SupplyParameterFromQuery]
    public string? Source { get; set; }

    /// <summary>The address that is filled in to be fetched, of a source without a text.</summary>
    [SupplyParameterFromQuery]
    public string? Url { get; set; }

    /// <summary><c>file</c>: the field for a file has the focus, else that for an address.</summary>
    [SupplyParameterFromQuery]
    public string? By { get; set; }

    [SupplyParameterFromForm(FormName = "text")]
    public NewTextForm? Form { get; set; }

    private CancellationToken Aborted => http.HttpContext?.RequestAborted ?? CancellationToken.None;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new NewTextForm { Address = Url };
        _viewer = await viewers.CurrentAsync();
        if (Source is not null)
            _known = await sources.TitleAsync(_viewer, SourceId(), Aborted) ?? throw new Missing("source");
        texts.Expect();
    }

    private async Task SaveAsync()
    {
        try
        {
            await using var file = Form!.File is { Length: > 0 } sent ? sent.OpenReadStream() : null;
            using var place = queue.Show(Form.Ticket);
            var incoming = Incoming(Form, file) with { Ahead = place };
            var given = Form.Details(Source is null ? null : SourceId(), isFetched: incoming is IncomingText.Page);
            var snapshot = await texts.AddAsync(_viewer, incoming, given, Aborted);
            navigation.NavigateTo($"/sources/{PublicId.Of(snapshot.SourceId)}?at={PublicId.Of(snapshot.Id)}");
        }
        catch (Refusal refusal) when (refusal is Invalid)
        {
            _refused = refusal;
        }
    }

    // The first of file, words and address; an address beside a file or words is where they are from.
    private static IncomingText Incoming(NewTextForm form, Stream? file)
    {
        if (file is not null)
            return new IncomingText.File(file, form.File!.FileName);
        if (!string.IsNullOrWhiteSpace(form.Words))
            return new IncomingText.Pasted(form.Words);
        if (string.IsNullOrWhiteSpace(form.Address))
            throw new Invalid("text", "required");
        return Uri.TryCreate(form.Address.Trim(), UriKind.Absolute, out var address)
            ? new IncomingText.Page(address)
            : throw new Invalid("url", "not_an_address");
    }

    private Guid SourceId() => PublicId.TryParse(Source, out var id) ? id : throw new Missing("source");
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

    /// <summary>By which the waiting page asks how many texts come before this one.</summary>
    public Guid Ticket { get; set; } = Guid.CreateVersion7();

    /// <summary>What the person says of the text.</summary>
    /// <param name="isFetched">The address is what the text is fetched from, not only where it is from.</param>
    public TextDetails Details(Guid? source, bool isFetched) => new()
    {
        SourceId = source,
        Uri = isFetched ? null : NewSourceForm.TargetOf(Address),
        Title = Title,
        Author = Author,
        Language = Language,
        Shared = !OnlyMe,
    };
}
