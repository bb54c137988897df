using System.Reflection;
using System.Text.RegularExpressions;
using Annotator.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Annotator.Tests.Abuse;

/// <summary>An endpoint of the program, read from its route table, so that a new one is attacked too.</summary>
/// <param name="Pattern">As in <c>/sources/{id}/changes</c>.</param>
/// <param name="Parameters">Names in the path.</param>
/// <param name="Queries">Names that it reads from the query.</param>
/// <param name="Forms">Names of the forms that its page takes; empty for other endpoints.</param>
internal sealed partial record Route(
    string Pattern, bool IsPost, IReadOnlyList<string> Parameters, IReadOnlyList<string> Queries, IReadOnlyList<string> Forms)
{
    private static readonly Type[] FromQuery = [typeof(string), typeof(bool), typeof(int), typeof(Guid), typeof(int?), typeof(Guid?)];

    public static IReadOnlyList<Route> Of(IServiceProvider services) =>
    [
        .. services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => !IsFramework("/" + e.RoutePattern.RawText?.TrimStart('/')))
            .SelectMany(Of)
            .DistinctBy(r => (r.Pattern.ToUpperInvariant(), r.IsPost)),
    ];

    /// <summary>The address with values in the places of its parameters, escaped.</summary>
    public string With(Func<string, string> value) =>
        Parameter().Replace(Pattern, m => System.Uri.EscapeDataString(value(m.Groups["name"].Value)));

    /// <summary>The names of the fields that the forms of all pages and endpoints have.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        .. Inputs<SupplyParameterFromFormAttribute>().SelectMany(p => p.PropertyType.GetProperties()
            .Where(f => f.CanWrite)
            .Select(f => $"{p.Name}.{f.Name}")),
        .. Architecture.SourceTree.Production.Where(f => f.IsCSharp)
            .SelectMany(f => FormField().Matches(f.Text).Select(m => m.Groups["name"].Value))
            .Distinct(StringComparer.Ordinal),
    ];

    private static IEnumerable<Route> Of(RouteEndpoint endpoint)
    {
        var pattern = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
        var page = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type;
        var parameters = endpoint.RoutePattern.Parameters.Select(p => p.Name).ToList();
        var handler = endpoint.Metadata.GetMetadata<MethodInfo>()?.GetParameters() ?? [];
        var queries = page is not null
            ? Of<SupplyParameterFromQueryAttribute>(page)
                .Select(p => p.GetCustomAttribute<SupplyParameterFromQueryAttribute>()!.Name ?? p.Name)
            : handler.Where(p => FromQuery.Contains(p.ParameterType) && !parameters.Contains(p.Name!, StringComparer.OrdinalIgnoreCase))
                .Select(p => p.Name!);
        List<string> names = [.. queries.Select(q => q.ToLowerInvariant())];
        // Its own, and those of components, which any page may hold.
        var forms = page is null ? [] : Inputs<SupplyParameterFromFormAttribute>()
            .Where(p => p.DeclaringType == page || p.DeclaringType!.GetCustomAttribute<RouteAttribute>() is null)
            .Select(p => p.GetCustomAttribute<SupplyParameterFromFormAttribute>()!.FormName!)
            .ToList();
        if (methods.Count == 0 || methods.Contains("GET", StringComparer.OrdinalIgnoreCase))
            yield return new Route(pattern, IsPost: false, parameters, names, []);
        if (methods.Count == 0 || methods.Contains("POST", StringComparer.OrdinalIgnoreCase))
            yield return new Route(pattern, IsPost: true, parameters, names, forms);
    }

    private static IEnumerable<PropertyInfo> Inputs<T>()
        where T : Attribute => typeof(AnnotatorApp).Assembly.GetTypes().SelectMany(Of<T>);

    private static IEnumerable<PropertyInfo> Of<T>(Type component)
        where T : Attribute =>
        component.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(p => p.GetCustomAttribute<T>() is not null);

    // Files, and the connection of circuits.
    private static bool IsFramework(string pattern) =>
        Path.HasExtension(pattern)
        || pattern.StartsWith("/_", StringComparison.Ordinal)
        || pattern.Contains("{**", StringComparison.Ordinal);

    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex("form\\[\"(?<name>\\w+)\"\\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormField();
}
