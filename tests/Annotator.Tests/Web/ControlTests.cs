using System.Text.RegularExpressions;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Tests.Domain.Access;
using Annotator.Web;
using Annotator.Web.Components.Shared;
using Annotator.Web.Features.Sources;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Annotator.Tests.Web;

/// <summary>The page of a source offers to every viewer what is accepted when they do it, and nothing else.</summary>
public sealed class ControlTests(SharedStore shared) : IClassFixture<SharedStore>
{
    private TestStore Store => shared.Store;

    [Fact]
    public async Task A_control_is_shown_to_whoever_it_works_for()
    {
        var matrix = await Matrix.CreateAsync(Store);
        var builder = AnnotatorApp.Prepare(["--applicationName", "Annotator.Web"]);
        await using var app = AnnotatorApp.Build(builder, Store.ConnectionString, new AnnotatorOptions());
        List<string> wrong = [];
        var (shown, compared) = (0, 0);
        foreach (var (name, viewer) in matrix.Viewers.Where(v => v.Value is { IsOperator: false }))
        {
            foreach (var it in matrix.Cases.Where(c => Matrix.IsFor(name, c)))
            {
                var html = await RenderAsync(app.Services, viewer, await Store.Sources.ReadAsync(viewer, it.View.SourceId, Ct));
                foreach (var control in Controls(it))
                {
                    var (isShown, isAccepted) = (
                        Regex.IsMatch(html, control.Mark, RegexOptions.None, TimeSpan.FromSeconds(1)),
                        await IsAcceptedAsync(() => control.DoAsync(viewer)));
                    (shown, compared) = (shown + (isShown ? 1 : 0), compared + 1);
                    if (isShown != isAccepted)
                        wrong.Add($"{name} is {(isShown ? "" : "not ")}offered to {control.Name} {it.Name}");
                }
            }

            foreach (var it in matrix.Texts.Where(t => Matrix.IsFor(name, t.As)))
            {
                var reading = await Store.Sources.ReadAsync(viewer, it.SourceId, new() { Text = it.Id }, Ct);
                var html = await RenderAsync(app.Services, viewer, reading);
                var isShown = html.Contains($"/snapshots/{PublicId.Of(it.Id)}/share", StringComparison.Ordinal);
                Assert.Equal(isShown, html.Contains($"/snapshots/{PublicId.Of(it.Id)}/remove", StringComparison.Ordinal));
                if (isShown != await IsAcceptedAsync(() => Store.Texts.ShareAsync(viewer, it.Id, it.As.State is not State.OnlyMe, Ct)))
                    wrong.Add($"{name} is {(isShown ? "" : "not ")}offered to change {it.As.Name}");
            }
        }

        Assert.Equal([], wrong);
        Assert.InRange(shown, 200, compared - 200);
    }

    // What the endpoint behind each control does.
    private IEnumerable<(string Name, string Mark, Func<Viewer, Task> DoAsync)> Controls(Case it)
    {
        var (id, passage) = (it.View.PublicId, PublicId.Of(it.View.PassageId!.Value));
        yield return ("answer", $"[?&;]reply={id}", viewer => Store.Writer.CreateAsync(viewer, Drafts.ReplyTo(it.View, "An answer."), Ct));
        yield return ("edit", $"[?&;]edit={id}", async viewer =>
        {
            var now = await Store.Reader.FindAsync(viewer, it.View.Id, Ct);
            await Store.Writer.EditAsync(
                viewer, now.Id, new AnnotationEdit(now.Version, $"Version {now.Version + 1}", now.Language, now.Tags, now.Shared), Ct);
        });
        yield return ("delete", $"/annotations/{id}/delete", async viewer =>
        {
            await Store.Removal.DeleteAsync(viewer, it.View.Id, Ct);
            await Store.Removal.RestoreAsync(viewer, it.View.Id, Ct);
        });
        yield return ("moderate", $"/a/{id}/moderate", async viewer =>
        {
            var held = (await Store.Reader.FindAsync(viewer, it.View.Id, Ct)).Held;
            await Store.Moderation.ModerateAsync(viewer, it.View.Id, held?.State ?? ModerationState.Approved, held?.Reason, Ct);
        });
        yield return ("comment beside", $"[?&;]comment={passage}", viewer => Store.Writer.CreateAsync(
            viewer,
            Drafts.PageNote("Beside it.") with
            {
                Source = null, SourceId = it.View.SourceId, PassageId = it.View.PassageId, Shared = false,
            },
            Ct));
        yield return ("write about the source of", "[?&;]note=1", viewer => Store.Writer.CreateAsync(
            viewer, Drafts.PageNote("About it.") with { Source = null, SourceId = it.View.SourceId, Shared = false }, Ct));
        yield return ("add a text to the source of", "/sources/text[?]source=", viewer => Store.Texts.StoreAsync(
            viewer, Drafts.Text("A text of one's own."), new() { SourceId = it.View.SourceId, Shared = false }, Ct));
    }

    private static async Task<bool> IsAcceptedAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Refusal)
        {
            return false;
        }
    }

    private static async Task<string> RenderAsync(IServiceProvider services, Viewer viewer, SourceReading reading)
    {
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ILoggerFactory>());
        var article = ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(SourceArticle.Reading)] = reading,
            [nameof(SourceArticle.WritingState)] = new WritingState(
                viewer, $"/sources/{reading.Source.PublicId}", WritingTask.Nothing, null, null) { Address = null },
        });
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<SourceArticle>(article)).ToHtmlString());
    }
}
