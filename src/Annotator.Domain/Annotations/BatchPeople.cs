using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

/// <summary>
/// Finds or makes the authors and groups of a batch, with one query per kind of thing. The context tracks what is made. Lives as long as
/// one transaction.
/// </summary>
/// <param name="makesGroups"><see cref="WriteMode.MakesGroups"/>.</param>
internal sealed class BatchPeople(AnnotatorDb db, DateTimeOffset now, bool makesGroups)
{
    private readonly Dictionary<(string Name, string Authority), Person> _people = [];
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<(string Group, Guid Person)> _memberships = [];

    /// <summary>The latest time that an annotation may have been created at.</summary>
    public DateTimeOffset LatestTime => now + Annotation.MostAhead;

    /// <summary>The kinds of the groups that the drafts are written in, by public id.</summary>
    public IReadOnlyDictionary<string, GroupKind> GroupKinds => _groups.ToDictionary(g => g.Key, g => g.Value.Kind, StringComparer.Ordinal);

    /// <summary>The silenced persons among the authors.</summary>
    public IReadOnlySet<Guid> Silenced => _people.Values.Where(p => p.IsSilenced).Select(p => p.Id).ToHashSet();

    /// <summary>Stores the people and groups of the drafts, and nothing else of them.</summary>
    /// <returns>The number of rows written.</returns>
    public async Task<int> EnsureAsync(IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct)
    {
        await LoadAsync(drafts, ct);
        foreach (var draft in drafts.Where(d => d.Provenance?.Created <= LatestTime))
            GroupOf(draft.GroupId, PersonOf(draft.Provenance!).Id);
        return await db.SaveChangesAsync(ct);
    }

    /// <summary>Reads the people, groups and memberships that the drafts name.</summary>
    public async Task LoadAsync(IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct)
    {
        var names = drafts.Select(d => d.Provenance?.Author)
            .OfType<Userid>()
            .Select(u => Userid.Key(u.Username))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        if (names.Length > 0)
        {
            foreach (var person in await db.People.Where(p => names.Contains(p.NameKey)).ToListAsync(ct))
                _people[(person.NameKey, person.Authority)] = person;
        }

        var groups = drafts.Select(d => d.GroupId).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var group in await db.Groups.Where(g => groups.Contains(g.Id)).ToListAsync(ct))
            _groups[group.Id] = group;
        var people = _people.Values.Select(p => p.Id).ToArray();
        foreach (var m in await db.Memberships.Where(m => groups.Contains(m.GroupId) && people.Contains(m.PersonId))
            .Select(m => new { m.GroupId, m.PersonId })
            .ToListAsync(ct))
        {
            _memberships.Add((m.GroupId, m.PersonId));
        }
    }

    /// <summary>The author, made if there is no such person yet.</summary>
    public Person PersonOf(Provenance provenance)
    {
        var key = (Userid.Key(provenance.Author.Username), provenance.Author.Authority);
        if (_people.TryGetValue(key, out var known))
            return known;
        var person = Person.Named(provenance.Author, provenance.DisplayName, now);
        _people[key] = person;
        db.People.Add(person);
        return person;
    }

    /// <summary>
    /// The group, when the person may write in it. An import of the operator's makes it, and the person a member: who wrote in a group
    /// belonged to it, and an imported private group is read by its imported authors.
    /// </summary>
    /// <exception cref="Forbidden">The person may not write in the group.</exception>
    public Group GroupOf(string groupId, Guid personId)
    {
        if (_groups.TryGetValue(groupId, out var known)
            && (known.Kind is GroupKind.Public or GroupKind.Open || _memberships.Contains((groupId, personId))))
        {
            return known;
        }
        if (!makesGroups)
            throw new Forbidden(Permissions.Write.Code);
        if (known is null)
        {
            known = Group.Create(groupId, groupId, GroupKind.Private, now);
            _groups.Add(groupId, known);
            db.Groups.Add(known);
        }

        _memberships.Add((groupId, personId));
        db.Memberships.Add(Membership.Of(personId, groupId, now));
        return known;
    }
}
