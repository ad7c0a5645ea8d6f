// Limits written to a cgroup that is none: a directory whose files are those a kernel would have.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>

#include "cgroups/control_file.h"
#include "cgroups/resources.h"
#include "cgroups/writes.h"
#include "runtime/base/sys.h"

namespace tare::cgroups {
namespace {

using testing::ElementsAre;

class CgroupsWrites : public testing::Test {
 protected:
  CgroupsWrites() {
    char path[] = "/tmp/tare-writes-XXXXXX";
    path_ = ::mkdtemp(path);
    directory_ = sys::openat(AT_FDCWD, path_, O_PATH | O_DIRECTORY);
  }
  ~CgroupsWrites() override {
    for (const std::string& file : files_) ::unlink((path_ + "/" + file).c_str());
    ::rmdir(path_.c_str());
  }

  void kernel_has(std::initializer_list<const char*> files) {
    for (const char* file : files) {
      sys::replace_file_at(AT_FDCWD, path_ + "/" + file, "", 0644);
      files_.emplace_back(file);
    }
  }
  // A value that the file refuses with an errno.
  void refuse(const std::string& file, const std::string& value, int error) {
    refusals_.push_back({file, value, error});
  }

  std::string apply(const oci::Resources& resources) {
    std::vector<FileWrite> writes = convert(resources).writes;
    auto failure = write_all(writes, [this](const FileWrite& write) { return try_one(write); });
    if (!failure) return "";
    return failure->write->pointer + " " + failure->write->file + " " +
           std::to_string(failure->error);
  }

  std::vector<std::string> written;  // "file value", in order

 private:
  struct Refusal {
    std::string file, value;
    int error;
  };

  int try_one(const FileWrite& write) {
    for (size_t i = 0; i < refusals_.size(); ++i) {
      if (refusals_[i].file != write.file || refusals_[i].value != write.value) continue;
      int error = refusals_[i].error;
      if (error == EINVAL) refusals_.erase(refusals_.begin() + static_cast<std::ptrdiff_t>(i));
      return error;
    }
    int error = try_write_control(directory_.get(), write.file, write.value);
    if (error == 0) written.push_back(write.file + " " + write.value);
    return error;
  }

  std::string path_;
  Fd directory_;
  std::vector<std::string> files_;
  std::vector<Refusal> refusals_;
};

oci::Resources with_weights() {
  oci::Resources resources;
  oci::BlockIo& io = resources.block_io.emplace();
  io.weight = 100;
  io.weight_device.push_back({.major = 8, .minor = 0, .weight = 10});
  io.weight_device.push_back({.major = 8, .minor = 16, .weight = 1000});
  io.weight_device.push_back({.major = 8, .minor = 32, .weight = 500});
  return resources;
}

// Shows: huge-1, huge-3
TEST_F(CgroupsWrites, HugePagesAreLimitedByFaultWhereTheKernelHasNoReservations) {
  oci::Resources resources;
  resources.hugepage_limits.push_back({"2MB", 5});
  kernel_has({"hugetlb.2MB.max"});
  EXPECT_EQ(apply(resources), "");
  EXPECT_THAT(written, ElementsAre("hugetlb.2MB.max 5"));
  kernel_has({"hugetlb.2MB.rsvd.max"});
  written.clear();
  EXPECT_EQ(apply(resources), "");
  EXPECT_THAT(written, ElementsAre("hugetlb.2MB.max 5", "hugetlb.2MB.rsvd.max 5"));
}

// Shows: huge-2
TEST_F(CgroupsWrites, APageSizeThatTheHostLacksIsAnError) {
  oci::Resources resources;
  resources.hugepage_limits.push_back({"3MB", 5});
  kernel_has({"hugetlb.2MB.max", "hugetlb.2MB.rsvd.max"});
  EXPECT_EQ(apply(resources), "linux.resources.hugepageLimits[0] hugetlb.3MB.max 2");
}

// Shows: blk-1, blk-2
TEST_F(CgroupsWrites, WeightsGoToBfqWhereItIs) {
  kernel_has({"io.bfq.weight", "io.weight"});
  EXPECT_EQ(apply(with_weights()), "");
  EXPECT_THAT(written, ElementsAre("io.bfq.weight 100", "io.bfq.weight 8:0 10",
                                   "io.bfq.weight 8:16 1000", "io.bfq.weight 8:32 500"));
}

// Shows: blk-1, blk-2
TEST_F(CgroupsWrites, WithoutBfqWeightsAreConverted) {
  kernel_has({"io.weight"});
  EXPECT_EQ(apply(with_weights()), "");
  EXPECT_THAT(written, ElementsAre("io.weight 910", "io.weight 8:0 1", "io.weight 8:16 10000",
                                   "io.weight 8:32 4950"));
}

// Shows: blk-2
TEST_F(CgroupsWrites, ADeviceThatBfqDoesNotScheduleHasItsWeightElsewhere) {
  kernel_has({"io.bfq.weight", "io.weight"});
  refuse("io.bfq.weight", "8:16 1000", EOPNOTSUPP);
  EXPECT_EQ(apply(with_weights()), "");
  EXPECT_THAT(written, ElementsAre("io.bfq.weight 100", "io.bfq.weight 8:0 10",
                                   "io.weight 8:16 10000", "io.bfq.weight 8:32 500"));
}

// Shows: blk-2
TEST_F(CgroupsWrites, AWeightThatNothingTakesIsAnError) {
  kernel_has({"io.bfq.weight", "io.weight"});
  refuse("io.bfq.weight", "8:16 1000", EOPNOTSUPP);
  refuse("io.weight", "8:16 10000", EOPNOTSUPP);
  EXPECT_EQ(apply(with_weights()), "linux.resources.blockIO.weightDevice[1].weight io.weight " +
                                       std::to_string(EOPNOTSUPP));
}

// Shows: cpu-2
TEST_F(CgroupsWrites, ABurstAboveTheOldQuotaIsWrittenAfterTheNewOne) {
  oci::Resources resources;
  resources.cpu.emplace().quota = 50000;
  resources.cpu->burst = 20000;
  kernel_has({"cpu.max", "cpu.max.burst"});
  refuse("cpu.max.burst", "20000", EINVAL);
  EXPECT_EQ(apply(resources), "");
  EXPECT_THAT(written, ElementsAre("cpu.max 50000 100000", "cpu.max.burst 20000"));
}

// Shows: uni-2, uni-3, rdma-1
TEST_F(CgroupsWrites, KeysWeKnowNothingOfAreWrittenOrAnError) {
  oci::Resources resources;
  resources.rdma["mlx5_1"] = {.hca_handles = 3, .hca_objects = 10000};
  resources.unified = {{"misc.max", "res_a 1"}, {"dmem.max", "drm/card0/vram0 1048576"}};
  kernel_has({"misc.max", "dmem.max", "rdma.max"});
  EXPECT_EQ(apply(resources), "");
  EXPECT_THAT(written, ElementsAre("rdma.max mlx5_1 hca_handle=3 hca_object=10000",
                                   "dmem.max drm/card0/vram0 1048576", "misc.max res_a 1"));
  resources.unified["new.knob"] = "1";
  written.clear();
  EXPECT_EQ(apply(resources), "linux.resources.unified[\"new.knob\"] new.knob 2");
}

// Shows: mem-3
TEST_F(CgroupsWrites, ASwapLimitWithoutSwapAccountingIsAnErrorUnlessItLimitsNothing) {
  oci::Resources resources;
  resources.memory.emplace().limit = 100;
  resources.memory->swap = 100;
  kernel_has({"memory.max"});
  EXPECT_EQ(apply(resources), "");
  EXPECT_THAT(written, ElementsAre("memory.max 100"));
  resources.memory->swap = 150;
  EXPECT_EQ(apply(resources), "linux.resources.memory.swap memory.swap.max 2");
}

}  // namespace
}  // namespace tare::cgroups
