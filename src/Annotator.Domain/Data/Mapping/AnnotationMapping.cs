using Annotator.Domain.Annotations;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.People;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Annotator.Domain.Data.Mapping;

internal sealed class AnnotationMapping : IEntityTypeConfiguration<Annotation>
{
    public void Configure(EntityTypeBuilder<Annotation> annotation)
    {
        annotation.ToTable("annotation");
        annotation.Property(a => a.Id).ValueGeneratedNever();
        annotation.Property(a => a.Language).HasMaxLength(35);
        annotation.Property(a => a.Version).IsConcurrencyToken();
        // json, not jsonb: what was received is handed on byte for byte, also escapes that jsonb refuses.
        annotation.Property(a => a.Selectors).HasColumnType("json");
        annotation.Property(a => a.Extra).HasColumnType("json");
        annotation.Property(a => a.Uri).HasMaxLength(Limits.Uri);
        annotation.Ignore(a => a.Content);
        annotation.Ignore(a => a.Target);
        annotation.HasMany(a => a.FurtherTargets).WithOne().HasForeignKey(t => t.AnnotationId).OnDelete(DeleteBehavior.Cascade);
        annotation.HasOne<Source>().WithMany().HasForeignKey(a => a.SourceId).OnDelete(DeleteBehavior.Cascade);
        annotation.HasOne<Snapshot>().WithMany().HasForeignKey(a => a.SnapshotId).OnDelete(DeleteBehavior.SetNull);
        annotation.HasOne(a => a.Passage).WithMany().HasForeignKey(a => a.PassageId).OnDelete(DeleteBehavior.Cascade);
        // Neither a person nor a group goes while something is written in it: a cascade would take what others wrote.
        annotation.HasOne(a => a.Author).WithMany().HasForeignKey(a => a.AuthorId).OnDelete(DeleteBehavior.Restrict);
        annotation.HasOne(a => a.Group).WithMany().HasForeignKey(a => a.GroupId).OnDelete(DeleteBehavior.Restrict);
        annotation.HasMany(a => a.Revisions).WithOne().HasForeignKey(r => r.AnnotationId).OnDelete(DeleteBehavior.Cascade);
        annotation.HasOne(a => a.SearchEntry).WithOne().HasForeignKey<SearchEntry>(s => s.AnnotationId).OnDelete(DeleteBehavior.Cascade);
        annotation.HasIndex(a => new { a.SourceId, a.Created });
        // Few carry a title that not everybody knows; they are looked up for each source without a public one.
        annotation.HasIndex(a => new { a.SourceId, a.Created }, "ix_annotation_cited")
            .HasFilter("cited_title is not null or cited_author is not null");
        // Few are held back; administrators look them up for each source of the library.
        annotation.HasIndex(a => a.SourceId, "ix_annotation_held").HasFilter("moderation <> 0");
        annotation.HasIndex(a => new { a.Created, a.Id });
        annotation.HasIndex(a => new { a.AuthorId, a.Created });
        annotation.HasIndex(a => a.RootId).HasFilter("root_id is not null");
        annotation.HasIndex(a => a.SnapshotId).HasFilter("snapshot_id is not null");
        annotation.HasIndex(a => a.Deleted).HasFilter("deleted is not null");
        annotation.HasIndex(a => a.RemovalId).HasFilter("removal_id is not null");
        annotation.HasIndex(a => a.Tags).HasMethod("gin");
    }
}

internal sealed class RevisionMapping : IEntityTypeConfiguration<Revision>
{
    public void Configure(EntityTypeBuilder<Revision> revision)
    {
        revision.ToTable("revision");
        revision.HasKey(r => new { r.AnnotationId, r.Version });
        revision.Property(r => r.Language).HasMaxLength(35);
        revision.Ignore(r => r.Received);
        revision.Property(r => r.Uri).HasMaxLength(Limits.Uri);
        revision.Property(r => r.Selectors).HasColumnType("json");
        revision.Property(r => r.Extra).HasColumnType("json");
        revision.Property(r => r.FurtherTargets).HasColumnType("json");
        revision.HasOne<Passage>().WithMany().HasForeignKey(r => r.PassageId).OnDelete(DeleteBehavior.SetNull);
        revision.HasIndex(r => r.PassageId).HasFilter("passage_id is not null");
    }
}

internal sealed class FurtherTargetMapping : IEntityTypeConfiguration<FurtherTarget>
{
    public void Configure(EntityTypeBuilder<FurtherTarget> target)
    {
        target.ToTable("annotation_target");
        target.HasKey(t => new { t.AnnotationId, t.Position });
        target.Property(t => t.Uri).HasMaxLength(Limits.Uri);
        target.Property(t => t.Selectors).HasColumnType("json");
        target.Property(t => t.Extra).HasColumnType("json");
    }
}

internal sealed class SavedSearchMapping : IEntityTypeConfiguration<SavedSearch>
{
    public void Configure(EntityTypeBuilder<SavedSearch> saved)
    {
        saved.ToTable("saved_search");
        saved.Property(s => s.Id).ValueGeneratedNever();
        saved.Property(s => s.Name).UseCollation(AnnotatorDb.ReadersOrder);
        saved.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
        // A query can be longer than an index row; the person's few are compared in the program.
        saved.HasIndex(s => s.PersonId);
    }
}

internal sealed class SearchEntryMapping : IEntityTypeConfiguration<SearchEntry>
{
    public void Configure(EntityTypeBuilder<SearchEntry> entry)
    {
        entry.ToTable("annotation_search");
        entry.HasKey(e => e.AnnotationId);
        entry.HasTokens();
        // Interactive writers wait for nobody: without a pending list there is no flush that stalls one of them.
        entry.HasIndex(e => e.Tokens).HasMethod("gin").HasStorageParameter("fastupdate", false);
    }
}
