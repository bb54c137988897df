using Annotator.Domain.Access;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Annotator.Domain.Data.Mapping;

internal sealed class PersonMapping : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.ToTable("person");
        person.Property(p => p.Username).HasMaxLength(Userid.MaxUsername);
        person.Property(p => p.NameKey).HasMaxLength(Userid.MaxUsername);
        person.Property(p => p.Authority).HasMaxLength(Userid.MaxAuthority);
        person.Property(p => p.DisplayName).HasMaxLength(Limits.Author);
        person.HasIndex(p => new { p.NameKey, p.Authority }).IsUnique();
        person.HasIndex(p => p.LookKey).IsUnique();
        person.HasIndex(p => p.IsSilenced).HasFilter("is_silenced");
        person.Ignore(p => p.Userid);
    }
}

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> account)
    {
        account.ToTable("account");
        account.Property(a => a.Id).ValueGeneratedNever();
        account.HasOne<Person>().WithOne().HasForeignKey<Account>(a => a.Id).OnDelete(DeleteBehavior.Cascade);
        account.HasIndex(a => a.NormalizedEmail).IsUnique().HasDatabaseName("ix_account_normalized_email");
    }
}

internal sealed class AccountTables
    : IEntityTypeConfiguration<IdentityUserClaim<Guid>>,
        IEntityTypeConfiguration<IdentityUserLogin<Guid>>,
        IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> claim) => claim.ToTable("account_claim");

    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> login) => login.ToTable("account_login");

    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> token) => token.ToTable("account_token");
}

internal sealed class GroupMapping : IEntityTypeConfiguration<Group>
{
    public void Configure(EntityTypeBuilder<Group> group)
    {
        group.ToTable("group");
        group.Property(g => g.Id).HasMaxLength(Limits.GroupId);
        group.HasIndex(g => g.IsReindexing).HasFilter("is_reindexing");
        group.HasData(new
        {
            Id = Viewer.PublicGroup, Name = "Public", Kind = GroupKind.Public, IsReindexing = false, Created = DateTimeOffset.UnixEpoch,
        });
    }
}

internal sealed class MembershipMapping : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> membership)
    {
        membership.ToTable("membership");
        membership.HasKey(m => new { m.PersonId, m.GroupId });
        membership.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId);
        membership.HasOne<Group>().WithMany().HasForeignKey(m => m.GroupId);
    }
}

internal sealed class DataProtectionKeyMapping : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> key) => key.ToTable("protection_key");
}
