internal import UBoot

/// Rules about images in FITs, and about signatures that nobody checks.
enum ImageRules {
    static let all = [name, hash, unsigned, bypass]

    private static let name = Rule(
        "UB-FIT-NAME", .error, title: "a FIT has no image or configuration of that name",
        explanation: """
            U-Boot says `Can't find 'x' FIT subimage` or `Could not find configuration node`, the command fails, and \
            the script goes on. Names are compared letter by letter; a configuration is asked for with `#`, an image \
            with `:`.
            """,
        evidence: "tried on U-Boot 2023.01 and 2025.01."
    ) { facts in
        observations(.missing, facts) { event in
            "the FIT at \(event.address) has no \(event.detail ?? "image") \(Wording.quoted(event.name))"
        }
    }

    private static let hash = Rule(
        "UB-FIT-HASH", .error, title: "an image of a FIT does not have the hash that the FIT says",
        explanation: """
            The data was changed or only a part of it was loaded. U-Boot says `Bad hash value` and `Bad Data Hash` and \
            does not take the image; the script goes on.
            """,
        evidence: "tried on U-Boot 2023.01 and 2025.01 with every kind of hash."
    ) { facts in
        observations(.badHash, facts) { event in
            "the image \(Wording.quoted(event.name)) of the FIT at \(event.address) is refused: "
                + (event.detail ?? "its hash is wrong")
        }
    }

    private static let unsigned = Rule(
        "UB-FIT-UNSIGNED", .error, title: "a configuration has no signature of a key that the board requires",
        explanation: """
            U-Boot's own device tree has a key with `required = "conf"`, and the configuration is not signed with it, \
            or was changed since. U-Boot says `Failed to verify required signature` and refuses to boot it.
            """,
        evidence: "tried on U-Boot 2023.01 and 2025.01 with keys of 2048 and 4096 bits."
    ) { facts in
        observations(.unsigned, facts) { event in
            "the configuration \(Wording.quoted(event.name)) of the FIT at \(event.address) is not signed as the "
                + "board requires: \(event.detail ?? "the signature is wrong")"
        }
    }

    private static func observations(
        _ kind: FITEvent.Kind, _ facts: Evidence, _ message: (FITEvent) -> String
    ) -> [Observation] {
        facts.record.fitEvents.filter { $0.kind == kind && !facts.explained.contains($0.command) }.map { event in
            Observation(
                message: message(event), place: event.place, severity: facts.record.severity(of: event.command))
        }
    }

    private static let bypass = Rule(
        "UB-FIT-BYPASS", .warning, title: "a required signature is not checked on the way that the script takes",
        explanation: """
            U-Boot's own device tree has a key with `required = "conf"`, but only `bootm ADDRESS#CONFIGURATION` looks \
            at signatures of configurations. `imxtract` and `source ADDRESS:IMAGE` check hashes, which anybody can \
            compute, and `booti` checks nothing, so that content nobody signed is run.
            """,
        evidence: "tried on U-Boot 2023.01 with Xen 4.17: an unsigned FIT booted through imxtract and booti."
    ) { facts in
        guard let key = facts.record.requiredKeys.first else { return [] }
        let taken = facts.record.fitEvents.filter { $0.kind == .unverified }
        var seen: [Observation] = []
        if let boot = facts.record.handOff, boot.method != "bootm" {
            seen.append(
                Observation(
                    message: "'\(boot.method)' starts the kernel at \(boot.kernel.start) without looking at a "
                        + "signature, though the board requires one of \(Wording.quoted(key))",
                    place: boot.place,
                    notes: taken.map { event in
                        Finding.Note(
                            "the image \(Wording.quoted(event.name)) is taken out of the FIT here", at: event.place)
                    },
                    fix: "boot the FIT itself: bootm ADDRESS#CONFIGURATION"))
        }
        seen += taken.filter { $0.detail == "source" }.map { event in
            Observation(
                message: "the script \(Wording.quoted(event.name)) of the FIT at \(event.address) runs without a look "
                    + "at a signature, though the board requires one of \(Wording.quoted(key))",
                place: event.place)
        }
        return seen
    }
}
