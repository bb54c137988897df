using Annotator.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Annotator.Domain.Data.Mapping;

internal sealed class AccountSessionMapping : IEntityTypeConfiguration<AccountSession>
{
    public void Configure(EntityTypeBuilder<AccountSession> session)
    {
        session.ToTable("session");
        session.Property(s => s.Browser).HasMaxLength(AccountSession.MaxBrowser);
        session.HasOne<Account>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
        session.HasIndex(s => s.Seen);
    }
}

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.ToTable("invitation");
        invitation.HasKey(i => i.Key);
        invitation.Property(i => i.Key).ValueGeneratedNever();
    }
}

internal sealed class SiteSettingMapping : IEntityTypeConfiguration<SiteSetting>
{
    public void Configure(EntityTypeBuilder<SiteSetting> setting)
    {
        setting.ToTable("setting");
        setting.HasKey(s => s.Name);
        setting.Property(s => s.Name).HasMaxLength(64);
        setting.Property(s => s.Value).HasMaxLength(1000);
    }
}

internal sealed class AttemptMapping : IEntityTypeConfiguration<Attempt>
{
    public void Configure(EntityTypeBuilder<Attempt> attempt)
    {
        // What is lost in a crash are counts of a few minutes; a flood of attempts writes no log.
        attempt.ToTable("attempt").IsUnlogged();
        attempt.HasKey(a => a.Key);
        attempt.Property(a => a.Key).ValueGeneratedNever();
        attempt.HasIndex(a => a.Until);
    }
}
