using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Annotator.Domain.Data;
using Annotator.Domain.People;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Tests.Architecture;

/// <summary>What types look like: sealed, closed to setters from outside, named after what they are.</summary>
public sealed partial class ShapeTests
{
    private static readonly IReadOnlyList<Type> Ours = [.. CodeBase.Production.SelectMany(a => a.GetTypes()).Where(IsWritten)];

    private static readonly IReadOnlyList<Type> Guilty =
        [
            .. typeof(ShapeTests).Assembly.GetTypes()
                .Where(t => string.Equals(t.Namespace, CodeBase.Guilty + ".Shapes", StringComparison.Ordinal) && IsWritten(t)),
        ];

    [Fact]
    public void Classes_are_sealed_or_static() => Assert.Empty(Open(Ours));

    [Fact]
    public void Open_classes_are_caught() =>
        Assert.Equal(["AbstractForNobody", "OpenClass", "OpenRecord"], Open(Guilty).Order(StringComparer.Ordinal));

    [Fact]
    public void Entities_change_by_verbs_only()
    {
        using var db = new DesignTimeDb().CreateDbContext([]);
        var entities = db.Model.GetEntityTypes()
            .Select(e => e.ClrType)
            .Where(t => t.Assembly == typeof(AnnotatorDb).Assembly && t != typeof(Account))
            .Distinct()
            .ToList();
        Assert.Contains(typeof(Annotator.Domain.Annotations.Revision), entities);
        Assert.Empty(entities.SelectMany(PublicSetters));
    }

    [Fact]
    public void Entities_that_anybody_can_change_are_caught() =>
        Assert.Equal(["SettableThing.Name", "SettableThing.Born"], PublicSetters(typeof(Guilty.Shapes.SettableThing)));

    [Fact]
    public void Types_are_named_after_what_they_are() => Assert.Empty(BadlyNamed(Ours));

    [Fact]
    public void Names_that_say_nothing_are_caught() => Assert.Equal(
        ["GenericService", "IThingManager", "MailHelper", "TextUtil", "TextUtils", "ThingImpl"],
        BadlyNamed(Guilty).Order(StringComparer.Ordinal));

    [Fact]
    public void Interfaces_have_more_than_one_implementation() => Assert.Empty(Lonely(Ours));

    [Fact]
    public void Interfaces_for_one_class_are_caught() => Assert.Equal(["IThingManager"], Lonely(Guilty));

    private static IEnumerable<string> Open(IReadOnlyList<Type> types) =>
        from type in types
        where type.IsClass && !type.IsSealed
        // A component without a code file cannot say what it is, and Program is made by the compiler.
        where !type.IsAssignableTo(typeof(IComponent)) && type != typeof(Program)
        where !(type.IsAbstract && types.Any(t => t != type && t.IsAssignableTo(type)))
        select type.Name;

    private static IEnumerable<string> PublicSetters(Type type) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
        where property.SetMethod is { IsPublic: true }
        select $"{type.Name}.{property.Name}";

    private static IEnumerable<string> BadlyNamed(IReadOnlyList<Type> types) =>
        types.Select(t => t.Name.Split('`')[0]).Where(name => SaysNothing().IsMatch(name));

    private static IEnumerable<string> Lonely(IReadOnlyList<Type> types) =>
        types.Where(t => t.IsInterface && types.Count(c => c.IsClass && c.GetInterfaces().Any(i => Definition(i) == t)) < 2)
            .Select(t => t.Name);

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    // Not what the compiler, a generator or the migrations tool wrote.
    private static bool IsWritten(Type type) =>
        !type.Name.Contains('<', StringComparison.Ordinal)
        && type.Name is not "_Imports"
        && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        && !type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)
        && type.Namespace?.EndsWith(".Migrations", StringComparison.Ordinal) != true
        && type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true
        && type.Namespace?.StartsWith("Microsoft", StringComparison.Ordinal) != true
        && (type.DeclaringType is null || IsWritten(type.DeclaringType));

    [GeneratedRegex("(Manager|Helpers?|Utils?|Utility|Utilities|Impl|Service)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SaysNothing();
}
