import DeviceTree
import Foundation
import Testing
import UBoot

@testable import ImageBuilder

/// Partial device trees: out of folders, git repositories and lopper, and merged.
struct PassthroughTests {
    private static let domain = """
        NUM_DOMUS=1
        DOMU_KERNEL[0]=Image-2m
        DOMU_PASSTHROUGH_PATHS[0]='/axi/serial@ff000000 /axi/ethernet@ff0e0000'

        """

    private func shell(_ commands: String, in files: TestBuild) throws {
        let made = try ChildProcess.run(
            ["/bin/sh", "-ec", commands], environment: ["PATH=/usr/bin:/bin"], folder: files.folder)
        #expect(made.status == 0, "\(String(decoding: made.errors, as: UTF8.self))")
    }

    private func partial(_ result: BuildResult) throws -> DeviceTreeDocument {
        #expect(result.errors == [])
        #expect(result.record?.handOff != nil)
        return try DeviceTreeDocument(blob: try #require(result.output("partial-dts-domU0.dtb")))
    }

    @Test func sourcesAreMergedAsOne() throws {
        let files = try TestBuild()
        // Both refer to a node of the first one, the second by its label; each has a label with a phandle of its own.
        try files.write(
            "dts/serial@ff000000.dts",
            Array(
                """
                /dts-v1/;
                / { #address-cells = <2>; #size-cells = <2>;
                  gic: interrupt-controller { phandle = <0xfde8>; };
                  passthrough { ranges; #address-cells = <2>; #size-cells = <2>;
                    clk: clock { #clock-cells = <0>; };
                    serial@ff000000 { clocks = <&clk>; interrupt-parent = <0xfde8>; };
                  };
                };
                """.utf8))
        try files.write(
            "dts/ethernet@ff0e0000.dts",
            Array(
                """
                  /dts-v1/;
                / { passthrough { ranges; #address-cells = <2>; #size-cells = <2>;
                    ethernet@ff0e0000 { clocks = <&clk>; phy-handle = <&phy>; phy: phy@0 { }; };
                  };
                };
                """.utf8))
        // The second one by itself has no label `clk`; so it does not compile, and says so.
        let lines = Self.domain + "PASSTHROUGH_DTS_REPO=dts\n"
        let alone = try files.build(try files.base(lines))
        #expect(alone.errors.contains { $0.contains("PASSTHROUGH_DTS_REPO: dtc: failed") && $0.contains("clk") })

        try shell("sed -i 's/clocks = <&clk>; phy/phy/' dts/ethernet@ff0e0000.dts", in: files)
        let tree = try partial(try files.build(try files.base(lines)))
        let passthrough = try #require(tree["/passthrough"])
        #expect(passthrough.children.count == 3)
        let clock = passthrough.child(named: Array("clock".utf8))?.property("phandle")?.u32
        let phy = tree["/passthrough/ethernet@ff0e0000/phy@0"]?.property("phandle")?.u32
        #expect(clock != nil && phy != nil && clock != phy && clock != 0xfde8 && phy != 0xfde8)
        #expect(tree["/passthrough/serial@ff000000"]?.property("clocks")?.u32 == clock)
        #expect(tree["/passthrough/ethernet@ff0e0000"]?.property("phy-handle")?.u32 == phy)
        #expect(tree["/interrupt-controller"]?.property("phandle")?.u32 == 0xfde8)
    }

    @Test func whatASourceIncludesLiesBesideIt() throws {
        let files = try TestBuild()
        try shell(
            """
            cd dts; grep -v dts-v serial@ff000000.dts > common.dtsi
            printf '/dts-v1/;\n/include/ "common.dtsi"\n' > serial@ff000000.dts
            """, in: files)
        let tree = try partial(try files.build(try files.base(Self.domain + "PASSTHROUGH_DTS_REPO=dts\n")))
        #expect(tree["/passthrough"]?.children.count == 2)
    }

    @Test func otherCellsAreAnError() throws {
        let files = try TestBuild()
        try shell("sed -i 's/ranges; #address-cells = <2>/ranges; #address-cells = <1>/' dts/eth*", in: files)
        let result = try files.build(try files.base(Self.domain + "PASSTHROUGH_DTS_REPO=dts\n"))
        #expect(
            result.errors.contains {
                $0.contains("ethernet@ff0e0000.dts: /passthrough has other #address-cells or #size-cells")
            }, "\(result.errors)")
    }

    @Test func aMissingSourceIsAnError() throws {
        let files = try TestBuild()
        try shell("rm dts/eth*", in: files)
        let result = try files.build(try files.base(Self.domain + "PASSTHROUGH_DTS_REPO='. dts'\n"))
        #expect(
            result.errors.contains { $0.contains("there is no partial device tree for /axi/ethernet@ff0e0000") },
            "\(result.errors)")
    }

    @Test func aRepositoryIsClonedAtARevision() throws {
        let files = try TestBuild()
        let commit = "git -c user.name=a -c user.email=a@b commit -qm"
        try shell(
            """
            git init -q repo; cp -r dts repo/; cd repo; git add -A; \(commit) first; git tag first; git rm -qr dts
            \(commit) second
            """, in: files)
        let url = "file://\(files.folder)/repo"
        func run(_ repository: String) throws -> (status: Int32, output: String, errors: String) {
            try files.write("config", Array(files.base(Self.domain + "PASSTHROUGH_DTS_REPO='\(repository)'").utf8))
            return try files.program(
                ["generate", "-c", "config", "-d", ".", "-t", "tftp"],
                environment: ["XDG_CACHE_HOME=\(files.folder)/cache"])
        }
        let first = try run("\(url)#first dts")
        #expect(first.status == 0, "\(first.errors)")
        let bytes = try #require(try RegularFile.read(files.folder + "/partial-dts-domU0.dtb", limit: 1 << 20))
        #expect(try DeviceTreeDocument(blob: bytes)["/passthrough"]?.children.count == 2)
        // The newest revision has no such folder.
        let newest = try run("\(url) dts")
        #expect(newest.status == 2 && newest.errors.contains("is no folder"), "\(newest.errors)")
        // What was cloned once at a revision needs the repository no more; other revisions do.
        try shell("rm -r repo", in: files)
        #expect(try run("\(url)#first dts").status == 0)
        let gone = try run("\(url)#second dts")
        #expect(gone.status == 2 && gone.errors.contains("git: failed with status 128"), "\(gone.errors)")
        let kept = try FileManager.default.contentsOfDirectory(atPath: files.folder + "/cache/ibtest")
        #expect(kept.count == 2, "\(kept)")
    }

    @Test func urlsHaveNamesOfTheirOwn() {
        #expect(CacheFolder.name(of: "https://a/b-c") != CacheFolder.name(of: "https://a/b/c"))
        #expect(CacheFolder.name(of: "https://a/b").hasPrefix("https---a-b-"))
    }

    @Test func lopperMakesTheSources() throws {
        let files = try TestBuild()
        // It notes its words and gives the source of the node that it is asked for.
        let lopper = """
            #!/bin/sh
            echo "$*" >> "$(dirname "$0")/words"
            for word; do [ "$last" = -o ] && out=$word; last=$word; done
            cp "$(dirname "$0")/dts/$(basename "$out")" "$out"
            """
        try files.write("lopper.py", Array(lopper.utf8))
        try shell("chmod +x lopper.py", in: files)
        let tree = try partial(try files.build(try files.base(Self.domain + "LOPPER_PATH=lopper.py\n")))
        #expect(tree["/passthrough"]?.children.count == 2)
        let words = try files.text("words").split(separator: "\n")
        #expect(words.count == 2)
        #expect(
            words[0].hasPrefix(
                "--permissive -f \(files.folder)/board.dtb -- extract -t /axi/serial@ff000000 -i zynqmp-firmware "
                    + "-x interrupt-controller -x pinctrl -x power-domains -x resets -x current-speed "
                    + "-- extract-xen -t serial@ff000000 -o /"), "\(words[0])")
        #expect(words[0].hasSuffix("/serial@ff000000.dts"))

        let other = try files.build(try files.base(Self.domain + "LOPPER_PATH=lopper.py\nLOPPER_CMD='-x a'\n"))
        #expect(other.errors == [])
        #expect(try files.text("words").contains("extract -t /axi/serial@ff000000 -x a -- extract-xen"))
        try files.write("lopper.py", Array("#!/bin/sh\necho no such node >&2\nexit 3\n".utf8))
        let failed = try files.build(try files.base(Self.domain + "LOPPER_PATH=lopper.py\n"))
        #expect(failed.errors.contains { $0.contains("failed with status 3: no such node") }, "\(failed.errors)")
    }

    @Test(arguments: [
        ("PASSTHROUGH_DTS_REPO=dts\nDOMU_PASSTHROUGH_DTB[0]=pt.dtb", "exclude each other"),
        ("PASSTHROUGH_DTS_REPO=nowhere", "is no folder"),
        ("PASSTHROUGH_DTS_REPO='file:///x#-f'", "expected a revision behind '#', found '-f'"),
        ("DOMU_PASSTHROUGH_PATHS[0]=\nPASSTHROUGH_DTS_REPO=dts", "DOMU_PASSTHROUGH_PATHS[0] is not set"),
    ])
    func contradictionsAreErrors(lines: String, message: String) throws {
        let files = try TestBuild()
        let result = try files.build(try files.base(Self.domain + lines))
        #expect(result.errors.contains { $0.contains(message) }, "\(result.errors)")
    }

    /// A DomU that is not started gets no tree: Dom0 makes it, but its devices are marked.
    @Test func aDomainThatIsNotStartedGetsMarksAlone() throws {
        let files = try TestBuild()
        let (result, tree) = try files.good(Self.domain + "DOMU_NOBOOT[0]=1\nPASSTHROUGH_DTS_REPO=dts\n")
        #expect(result.output("partial-dts-domU0.dtb") == nil)
        #expect(tree["/axi/serial@ff000000"]?.property("xen,passthrough")?.value == [])
        #expect(tree["/chosen/domU0"] == nil)
    }
}
