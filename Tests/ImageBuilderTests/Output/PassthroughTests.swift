import DeviceTree
import Glibc
import Testing

@testable import ImageBuilder

/// Partial device trees out of a git repository.
struct PassthroughTests {
    @Test func aRepositoryIsClonedAtARevision() throws {
        let files = try TestBuild()
        // Clones stay in the cache; this one goes with the folder.
        unsafe setenv("XDG_CACHE_HOME", files.folder, 1)
        let commands = """
            cd '\(files.folder)' && git init -q repo && cp -r dts repo/ && cd repo && git add -A &&
            git -c user.name=a -c user.email=a@b commit -qm first && git tag first && git rm -qr dts &&
            git -c user.name=a -c user.email=a@b commit -qm second
            """
        let made = try ChildProcess.run(["/bin/sh", "-c", commands], environment: ["PATH=/usr/bin:/bin"])
        #expect(made.status == 0, "\(String(decoding: made.errors, as: UTF8.self))")
        let url = "file://\(files.folder)/repo"
        let domain = "NUM_DOMUS=1\nDOMU_KERNEL[0]=Image-2m\nDOMU_PASSTHROUGH_PATHS[0]=/axi/serial@ff000000\n"
        let result = try files.build(try files.base(domain + "PASSTHROUGH_DTS_REPO='\(url)#first dts'"))
        #expect(result.errors == [])
        let tree = try DeviceTreeDocument(blob: try #require(result.output("partial-dts-domU0.dtb")))
        #expect(tree["/passthrough/serial@ff000000"] != nil)
        let newest = try files.build(try files.base(domain + "PASSTHROUGH_DTS_REPO='\(url) dts'"))
        #expect(newest.errors.count == 1)
    }
}
