using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ParticleImages.Search;

/// <content>What is tried next, and in which order.</content>
public sealed partial class ScanSession
{
    // So many infeasible proposals in a row are a mistake in the check or in the space.
    private const int MostInfeasible = 1000;

    // Spaces of so many configurations come to their end by themselves.
    private const int FewConfigurations = 1_000_000;

    // The rank of what was put first: before every group.
    private const long ByHand = -1;

    // A group that was begun is proposed whole before any of it is run, so that it does not matter who runs it.
    private bool IsGroupBegun => IsGrouped && history.Proposals % Scan.GroupedProposals != 0 && !(history.Feasible >= limit);

    private bool IsGrouped => scan.Group is not null && scan.Strategy!.ProposesAhead;

    private void RefuseEndlessRefusals()
    {
        IReadOnlyList<TrialRecord> trials = history.Trials;
        if (!(scan.Space.Count <= FewConfigurations) && trials.Count >= MostInfeasible && trials[^1].State == TrialState.Infeasible && trials.Skip(trials.Count - MostInfeasible).All(trial => trial.State == TrialState.Infeasible))
        {
            throw new InvalidOperationException(
                $"{MostInfeasible} proposals in a row were infeasible, the last because: {trials[^1].Message} Constrain the space so that it has fewer of them.");
        }
    }

    // Block after block, and within a block by group: a number that depends on the proposal alone.
    private long RankOf(Proposal proposal)
    {
        if (!IsGrouped)
        {
            return history.Trials.Count;
        }

        if (scan.First.Contains(proposal.Configuration))
        {
            return ByHand;
        }

        byte[] group = SHA256.HashData(Encoding.UTF8.GetBytes(scan.Group!(proposal.Configuration)));
        return ((long)(history.Proposals / Scan.GroupedProposals) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(group);
    }

    private Proposal? Propose()
    {
        if (history.Feasible >= limit)
        {
            return null;
        }

        return scan.First.FirstOrDefault(first => !history.Contains(first)) is { } byHand
            ? new Proposal(byHand)
            : scan.Strategy!.Method.Propose(scan.Space, history, scan.Strategy.Seed);
    }

    // The first repeat is claimed as it is proposed, which saves a transaction; one of a group waits for the others.
    private TrialRecord[] Records(Proposal proposal, string? refusal)
    {
        // Of what is refused nobody can say to which group it belongs.
        long rank = refusal is null ? RankOf(proposal) : history.Trials.Count;
        TrialState state = refusal is null ? TrialState.Pending : TrialState.Infeasible;
        bool isMine = refusal is null && !IsGrouped;
        return
        [
            .. Enumerable.Range(0, refusal is null ? scan.Repeats : 1).Select(repeat => new TrialRecord
            {
                Number = history.Trials.Count + repeat,
                Proposal = history.Proposals,
                Repeat = repeat,
                Configuration = proposal.Configuration,
                Seed = TrialSeed.Of(scan.Strategy!.Seed, proposal.Configuration, repeat),
                Mark = proposal.Mark,
                Rank = rank,
                State = isMine && repeat == 0 ? TrialState.Running : state,
                Attempt = isMine && repeat == 0 ? 1 : 0,
                Owner = isMine && repeat == 0 ? owner : null,
                Message = refusal,
            }),
        ];
    }
}
