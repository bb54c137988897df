using Annotator.Domain.Access;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Annotations;

internal sealed partial class AnnotationBatch
{
    /// <summary>Stores the people and groups of the drafts, and nothing else of them.</summary>
    /// <returns>The number of rows written.</returns>
    public async Task<int> EnsurePeopleAndGroupsAsync(IReadOnlyList<AnnotationDraft> drafts, CancellationToken ct)
    {
        await LoadPeopleAsync(drafts, author: null, ct);
        foreach (var draft in drafts.Where(d => d.Provenance?.Created <= LatestTime))
            GroupOf(draft.GroupId, PersonOf(draft.Provenance!).Id);
        return await db.SaveChangesAsync(ct);
    }

    private async Task LoadPeopleAsync(IReadOnlyList<AnnotationDraft> drafts, Guid? author, CancellationToken ct)
    {
        var names = drafts.Select(d => d.Provenance?.Author).OfType<Userid>().Select(u => Userid.Key(u.Username)).Distinct(StringComparer.Ordinal).ToArray();
        if (names.Length > 0)
        {
            foreach (var person in await db.People.Where(p => names.Contains(p.NameKey)).ToListAsync(ct))
                _people[(person.NameKey, person.Authority)] = person;
        }

        var groups = drafts.Select(d => d.GroupId).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var group in await db.Groups.Where(g => groups.Contains(g.Id)).ToListAsync(ct))
            _groups[group.Id] = group;
        var people = _people.Values.Select(p => p.Id).Append(author.GetValueOrDefault()).ToArray();
        foreach (var m in await db.Memberships.Where(m => groups.Contains(m.GroupId) && people.Contains(m.PersonId)).Select(m => new { m.GroupId, m.PersonId }).ToListAsync(ct))
            _memberships.Add((m.GroupId, m.PersonId));
    }

    private Person PersonOf(Provenance provenance)
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
    private Group GroupOf(string groupId, Guid personId)
    {
        if (_groups.TryGetValue(groupId, out var known) && (known.Kind is GroupKind.Public or GroupKind.Open || _memberships.Contains((groupId, personId))))
            return known;
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
