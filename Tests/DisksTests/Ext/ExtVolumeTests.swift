import Disks
import Testing

struct ExtVolumeTests {
    private static func script(_ options: String) -> String {
        """
        mkdir -p tree/dir/sub tree/many
        printf 'hello\\n' > tree/file; head -c 400000 /dev/urandom > tree/large; : > tree/empty
        ln -s file tree/link; ln -s ../file tree/dir/up; ln -s /dir/sub tree/folder; ln -s loop tree/loop
        ln -s $(printf '%080d' 1) tree/long; printf f > tree/dir/sub/f; mkfifo tree/fifo
        printf tail | dd of=tree/sparse bs=1 seek=300000 2>/dev/null
        for i in $(seq 1 200); do printf $i > tree/many/a-long-name-for-a-file-$i; done
        truncate -s 16M d.img
        mke2fs -q -F -d tree \(options) d.img
        """
    }

    @Test(arguments: [
        "-t ext2", "-t ext2 -r 0", "-t ext2 -b 4096", "-t ext3", "-t ext4", "-t ext4 -O 64bit -b 2048",
        "-t ext4 -I 128 -O ^metadata_csum", "-t ext4 -O meta_bg,^resize_inode", "-t ext2 -O ^filetype",
    ])
    func filesAreFoundAndRead(_ options: String) throws {
        let images = try ScratchImages(Self.script(options))
        let disk = try images.disk("d.img")
        let volume = try #require(ExtVolume(DiskSlice(all: disk)))
        for name in ["large", "sparse", "many/a-long-name-for-a-file-177"] {
            let file = try #require(volume.find(Array(name.utf8)))
            #expect(file.kind == .file)
            let runs = try #require(volume.runs(of: file, from: 0, limit: 0))
            #expect(ScratchImages.bytes(runs, on: disk) == RawFile.bytes(images.path("tree/\(name)")), "\(name)")
        }
        let large = try #require(volume.find(Array("large".utf8)))
        let part = try #require(volume.runs(of: large, from: 299_999, limit: 1000))
        #expect(
            ScratchImages.bytes(part, on: disk) == Array(RawFile.bytes(images.path("tree/large"))[299_999..<300_999]))
    }

    @Test func linksAreFollowed() throws {
        let volume = try #require(ExtVolume(DiskSlice(all: try ScratchImages(Self.script("-t ext4")).disk("d.img"))))
        for path in ["link", "dir/up", "//dir/../link", "folder/../up"] {
            #expect(volume.find(Array(path.utf8))?.byteCount == 6, "\(path)")
        }
        #expect(volume.find(Array("folder/f".utf8))?.byteCount == 1)
        #expect(volume.find(Array("folder".utf8))?.kind == .directory)
        for path in ["loop", "long", "nope", "file/x", "FILE"] {
            #expect(volume.find(Array(path.utf8)) == nil, "\(path)")
        }
    }

    @Test func aDirectoryIsListedInItsOrder() throws {
        let volume = try #require(ExtVolume(DiskSlice(all: try ScratchImages(Self.script("-t ext4")).disk("d.img"))))
        let root = try #require(volume.find([]))
        let entries = volume.entries(of: root)
        #expect(entries.prefix(3).map(\.name.text) == [".", "..", "lost+found"])
        let link = entries.first { $0.name.text == "link" }
        #expect(link?.kind == .link)
        #expect(link?.byteCount == 4)
        #expect(entries.first { $0.name.text == "fifo" }?.kind == .other)
        let many = try #require(volume.find(Array("many".utf8)))
        #expect(volume.entries(of: many).count == 202)
    }

    @Test func nothingIsReadBehindTheEnd() throws {
        let volume = try #require(ExtVolume(DiskSlice(all: try ScratchImages(Self.script("-t ext4")).disk("d.img"))))
        let file = try #require(volume.find(Array("file".utf8)))
        #expect(volume.runs(of: file, from: 6, limit: 1) == nil)
        #expect(volume.runs(of: file, from: 5, limit: 100)?.map(\.byteCount) == [1])
        let empty = try #require(volume.find(Array("empty".utf8)))
        #expect(volume.runs(of: empty, from: 0, limit: 0) == nil)
    }

    @Test func damagedVolumesNeverCrash() throws {
        let disk = try ScratchImages(Self.script("-t ext4")).disk("d.img")
        let head = disk.read(0, 1 << 19) ?? []
        var generator = SeededGenerator(seed: 12)
        for round in 0..<400 {
            for _ in 0..<4 {
                let area = [2048, 1 << 16, head.count].randomElement(using: &generator) ?? 2048
                let place = Int.random(in: 1024..<area, using: &generator)
                disk.write([.random(in: 0...255, using: &generator)], at: place)
            }
            if round % 50 == 49 { disk.write(head, at: 0) }
            guard let volume = ExtVolume(DiskSlice(all: disk)), let root = volume.find([]) else { continue }
            for entry in volume.entries(of: root).prefix(50) {
                guard let file = volume.find(entry.name) else { continue }
                _ = volume.runs(of: file, from: 0, limit: 1 << 20)
                _ = volume.find(entry.name + Array("/x".utf8))
            }
        }
    }

    @Test func otherThingsAreNoVolume() throws {
        let disk = try ScratchImages("truncate -s 1M d.img; truncate -s 512 e.img").disk("d.img")
        #expect(ExtVolume(DiskSlice(all: disk)) == nil)
        #expect(DiskSlice(disk: disk, firstBlock: .max, blockCount: 1) == nil)
        #expect(DiskSlice(disk: disk, firstBlock: 1 << 40, blockCount: 100).map { ExtVolume($0) == nil } == true)
    }
}
