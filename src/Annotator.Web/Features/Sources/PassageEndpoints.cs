using System.Globalization;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Reading;
using Annotator.Web.Hosting;
using RedirectHttpResult = Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult;

namespace Annotator.Web.Features.Sources;

/// <summary>What one key or button does with selected words: highlights them, or says that a passage stands there.</summary>
internal static class PassageEndpoints
{
    public static void Map(RouteGroupBuilder forms)
    {
        forms.MapPost("/sources/{id}/highlights", HighlightAsync).WithMetadata(new TakesUpToAttribute(BodyLimits.Writing));
        forms.MapPost("/passages/{id}/place", PlaceAsync).WithMetadata(new TakesUpToAttribute(BodyLimits.Writing));
        forms.MapPost("/passages/{id}/pin", PinAsync);
    }

    private static async Task<RedirectHttpResult> HighlightAsync(
        string id, HttpContext http, ViewerAccessor viewers, AnnotationWriter writer, TimeProvider clock, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var made = await writer.CreateAsync(
            await viewers.ForAsync(http.User, ct),
            new AnnotationDraft
            {
                Id = Guid.TryParseExact(form["Id"], "N", out var known) && known != Guid.Empty ? known : PublicId.New(clock),
                SourceId = PublicId.Parse(id, "source"),
                SnapshotId = PublicId.Parse(form["Snapshot"], "snapshot"),
                Quote = Selected(form),
            },
            ct
        );
        return TypedResults.LocalRedirect($"/sources/{id}?at={made.PublicId}&made={made.PublicId}#m-{PublicId.Of(made.PassageId!.Value)}");
    }

    /// <summary>The passage stands where the words were selected.</summary>
    private static async Task<RedirectHttpResult> PlaceAsync(
        string id, HttpContext http, ViewerAccessor viewers, PassagePlacer placer, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        return await SettleAsync(
            http, viewers, placer, PublicId.Parse(id, "passage"), PublicId.Parse(form["Snapshot"], "snapshot"), Selected(form), ct);
    }

    /// <summary>The passage stands where the program found it.</summary>
    private static Task<RedirectHttpResult> PinAsync(
        string id, string snapshot, HttpContext http, ViewerAccessor viewers, PassagePlacer placer, CancellationToken ct) =>
        SettleAsync(http, viewers, placer, PublicId.Parse(id, "passage"), PublicId.Parse(snapshot, "snapshot"), null, ct);

    private static async Task<RedirectHttpResult> SettleAsync(
        HttpContext http, ViewerAccessor viewers, PassagePlacer placer, Guid passage, Guid snapshot, Quote? quote, CancellationToken ct)
    {
        var source = await placer.PlaceAsync(await viewers.ForAsync(http.User, ct), passage, snapshot, quote, ct);
        var placed = PublicId.Of(passage);
        return TypedResults.LocalRedirect($"/sources/{PublicId.Of(source)}?snapshot={PublicId.Of(snapshot)}&in={placed}#p-{placed}");
    }

    private static Quote Selected(IFormCollection form) =>
        new(form["Exact"].ToString(), form["Prefix"].ToString(), form["Suffix"].ToString(), Number(form["Start"]), Number(form["End"]));

    private static int? Number(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
