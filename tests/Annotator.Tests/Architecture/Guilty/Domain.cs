// What no part of the program may do. The rules are tried on these types, so that nobody trusts a rule that cannot fail.
namespace Annotator.Tests.Architecture.Guilty.Domain.Kernel
{
    internal sealed class KnowsHttp
    {
        public static string? Path(object context) => ((Microsoft.AspNetCore.Http.HttpContext)context).Request.Path;
    }

    internal sealed class KnowsPasswords(Microsoft.AspNetCore.Identity.IPasswordHasher<string> hasher)
    {
        public string Hash(string password) => hasher.HashPassword("", password);
    }

    internal sealed class KnowsKeys
    {
        public static string? Key(object key) => ((Microsoft.AspNetCore.DataProtection.EntityFrameworkCore.DataProtectionKey)key).Xml;
    }

    internal sealed class KnowsPages
    {
        public Search.LaterThing? Later { get; init; }
    }

    internal sealed class KnowsPagesInside
    {
        public static async Task<IEnumerable<string>> LaterAsync()
        {
            await Task.Yield();
            return Enumerable.Range(0, 1).Select(i => new Search.LaterThing(i).ToString());
        }
    }
}

namespace Annotator.Tests.Architecture.Guilty.Domain.Search
{
    internal sealed record LaterThing(int Number);
}

namespace Annotator.Tests.Architecture.Guilty.Domain.Analysis
{
    internal sealed class KnowsResults
    {
        public static string Describe() => nameof(KnowsResults) + new Search.LaterThing(1);
    }
}

namespace Annotator.Tests.Architecture.Guilty.Domain.Gossip
{
    internal sealed class HasNoPlace
    {
        public string Name { get; } = "";
    }
}

namespace Annotator.Tests.Architecture.Guilty.Domain.Search
{
    internal sealed class KnowsItsFacets
    {
        public Facets.KnowsItsSearch? Facets { get; init; }
    }
}

namespace Annotator.Tests.Architecture.Guilty.Domain.Search.Facets
{
    internal sealed class KnowsItsSearch
    {
        public KnowsItsFacets? Search { get; init; }
    }
}

namespace Annotator.Tests.Architecture.Guilty.Domain.Data
{
    internal sealed class ProtectsThings
    {
        public static byte[] Protect(object protector) => ((Microsoft.AspNetCore.DataProtection.IDataProtector)protector).Protect([]);
    }
}
