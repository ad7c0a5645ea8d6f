# hugepageLimits of the specification: usage and reservations are both limited.
# Shows: huge-1, huge-3
. "$(dirname "$0")/../lib.sh"
[ -d /sys/kernel/mm/hugepages/hugepages-2048kB ] || skip "no 2 MB pages"
equal "2 MB pages" \
  "$(applied '.linux.resources.hugepageLimits = [{pageSize: "2MB", limit: 4194304}]' \
    hugetlb.2MB.max hugetlb.2MB.rsvd.max | paste -sd' ')" "4194304 4194304"
