using Annotator.Domain.Data;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Architecture.Guilty.Web.Features.Home
{
    internal sealed class AsksTheDatabase(IDbContextFactory<AnnotatorDb> databases)
    {
        public async Task<int> CountAsync(CancellationToken ct)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            return await db.Sources.CountAsync(ct);
        }
    }

    internal sealed class FormatsTheRow
    {
        public static string Text(Annotator.Domain.Annotations.Annotation annotation) => annotation.Body;
    }

    internal sealed class KnowsAnotherFeature
    {
        public Sources.SourceThing? Source { get; init; }
    }

    internal sealed class KnowsAnInterface
    {
        public static string Name() => Api.Feeds.FeedThing.Name;
    }
}

namespace Annotator.Tests.Architecture.Guilty.Web.Features.Sources
{
    internal sealed class SourceThing
    {
        public string Title { get; init; } = "";
    }
}

namespace Annotator.Tests.Architecture.Guilty.Web.Api.Feeds
{
    internal sealed class FeedThing
    {
        public static string Name => new Features.Sources.SourceThing().Title;
    }
}

namespace Annotator.Tests.Architecture.Guilty.Web.Features
{
    internal sealed class BelongsToNoFeature
    {
        public string Name { get; } = "";
    }
}

namespace Annotator.Tests.Architecture.Guilty.Web.Components
{
    internal sealed class KnowsAPage
    {
        public Features.Home.KnowsAPart? Page { get; init; }
    }
}

namespace Annotator.Tests.Architecture.Guilty.Web.Features.Home
{
    internal sealed class KnowsAPart
    {
        public Hosting.KnowsAPartToo? Part { get; init; }
    }
}

namespace Annotator.Tests.Architecture.Guilty.Web.Hosting
{
    internal sealed class KnowsAPartToo
    {
        public Components.KnowsAPage? Page { get; init; }
    }
}

namespace Annotator.Tests.Architecture.Guilty.Web.Manage.Settings
{
    internal sealed class SettingsThing
    {
        public string Title { get; init; } = "";
    }
}

namespace Annotator.Tests.Architecture.Guilty.Web.Manage.Import
{
    internal sealed class KnowsAnotherManagingPage
    {
        public Settings.SettingsThing? Settings { get; init; }
    }

    internal sealed class KnowsAReadingPage
    {
        public Features.Sources.SourceThing? Source { get; init; }
    }
}
